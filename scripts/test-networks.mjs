// Publishes to real servers of the networks, on loopback. They are installed for this alone.
import { spawnSync } from "node:child_process";
import {
  generateWhenNeeded,
  installNetworksWhenNeeded,
  installWhenNeeded,
  NODE,
  ROOT,
  requireNode,
} from "./prepare.mjs";

requireNode();
installWhenNeeded();
generateWhenNeeded();
installNetworksWhenNeeded();
const config = ["--config", "e2e/networks/playwright.config.ts"];
const args = ["node_modules/@playwright/test/cli.js", "test", ...config, ...process.argv.slice(2)];
const { status } = spawnSync(NODE, args, { cwd: ROOT, stdio: "inherit" });
process.exit(status ?? 1);
