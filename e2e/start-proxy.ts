import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { findFreePort } from "#lib/testing/find-free-port";
import { type ProxySample, readSample } from "./proxy-samples.ts";

export type Proxy = { url: string; stop(): Promise<void> };

/** Whether a proxy is installed here; tests that need it say when it is not. */
export const hasProxy = ({ program }: ProxySample): boolean =>
  spawnSync("sh", ["-c", `command -v ${program}`], { stdio: "ignore" }).status === 0;

/** Starts a real proxy in front of a port from its sample; it keeps idle connections for so long. */
export const startProxy = async (sample: ProxySample, upstreamPort: number, idleSeconds: number): Promise<Proxy> => {
  const folder = mkdtempSync(path.join(tmpdir(), "boring-proxy-"));
  const place = { folder, port: await findFreePort(), upstreamPort, idleSeconds };
  if (sample.isSecure) makeCertificate(folder);
  const file = path.join(folder, "configuration");
  writeFileSync(file, `${sample.toFile(readSample(sample, place), place)}\n`);
  const env = { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
  const child = spawn(sample.program, sample.toArguments(file, place), { env, stdio: ["ignore", "ignore", "pipe"] });
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint += text;
  });
  const kill = () => child.kill("SIGTERM");
  process.once("exit", kill);
  const ended = once(child, "exit");
  while (!(await isOpen(place.port))) {
    if (child.exitCode !== null) throw new Error(`${sample.name} did not start: ${complaint}`);
    await setTimeout(50);
  }
  return {
    url: `${sample.isSecure ? "https" : "http"}://localhost:${place.port}`,
    stop: async () => {
      kill();
      await ended;
      process.off("exit", kill);
      rmSync(folder, { recursive: true });
    },
  };
};

function makeCertificate(folder: string): void {
  const [certificate, key] = [path.join(folder, "console.pem"), path.join(folder, "console.key")];
  const subject = ["-subj", "/CN=localhost", "-days", "2"];
  const kind = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  execFileSync("openssl", [...kind, ...subject, "-keyout", key, "-out", certificate], { stdio: "ignore" });
  // HAProxy looks for both in one file.
  appendFileSync(certificate, readFileSync(key));
}

async function isOpen(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
