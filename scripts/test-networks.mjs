// Publishes to real servers of the networks on loopback. They are installed only for this.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  buildWhenNeeded,
  generateWhenNeeded,
  installNetworksWhenNeeded,
  installWhenNeeded,
  requireNode,
} from "./prepare.mjs";
import { count, finish, readPlaywright, tool } from "./tally.mjs";

requireNode();
installWhenNeeded();
generateWhenNeeded();
installNetworksWhenNeeded();
buildWhenNeeded();
const reports = mkdtempSync(path.join(tmpdir(), "boring-console-networks-"));
const report = path.join(reports, "networks.json");
const args = [
  "test",
  "--config",
  "e2e/networks/playwright.config.ts",
  "--reporter=list,json",
  ...process.argv.slice(2),
];
tool("@playwright/test/cli.js", args, { PLAYWRIGHT_JSON_OUTPUT_FILE: report });
count("tests against the networks", report, readPlaywright);
rmSync(reports, { recursive: true });
finish();
