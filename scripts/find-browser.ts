import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** The path of a Chromium: an installed one, else Playwright's download, else Debian's package when run as root. */
export const findBrowser = async (): Promise<string> => {
  const present = process.env.CHROMIUM_PATH ?? installed();
  if (present) return present;
  const { chromium } = await import("@playwright/test");
  if (existsSync(chromium.executablePath())) return chromium.executablePath();
  console.log("No Chromium was found. Installing one …");
  spawnSync("npx", ["playwright", "install", "chromium"], { stdio: "inherit", timeout: 300_000 });
  if (existsSync(chromium.executablePath())) return chromium.executablePath();
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    execFileSync("apt-get", ["update", "-qq"], { stdio: "inherit" });
    const packages = ["chromium", "fonts-noto-cjk"];
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    execFileSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages], { stdio: "ignore", env });
  }
  const found = installed();
  if (found) return found;
  throw new Error("No Chromium can be had here. Install one and name it: CHROMIUM_PATH=/usr/bin/chromium npm test");
};

function installed(): string | undefined {
  for (const name of NAMES) {
    const { stdout, status } = spawnSync("which", [name], { encoding: "utf8" });
    if (status === 0) return stdout.trim();
  }
  return undefined;
}
