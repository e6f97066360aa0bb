// All checks, those with the cheapest faults first. They all run, even after a failure.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { findBrowser } from "./find-browser.ts";
import { buildWhenNeeded, generateWhenNeeded } from "./prepare.mjs";
import { count, finish, gate, readPlaywright, tool } from "./tally.mjs";

const reports = mkdtempSync(path.join(tmpdir(), "boring-console-check-"));
const unitReport = path.join(reports, "unit.json");
const browserReport = path.join(reports, "browser.json");

generateWhenNeeded();
gate("format and lint", "@biomejs/biome/bin/biome", ["check", "--error-on-warnings", "."]);
gate("types of routes", "next/dist/bin/next", ["typegen"]);
gate("types", "typescript/bin/tsc", ["--noEmit"]);
gate("arrows", "../scripts/check-arrows.mjs", []);
gate("unused code", "knip/bin/knip.js", ["--no-progress"]);

tool("vitest/vitest.mjs", ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${unitReport}`]);
count("unit tests", unitReport, ({ numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped }) => ({
  passed,
  failed,
  skipped,
}));

buildWhenNeeded();
const env = { CHROMIUM_PATH: await findBrowser(), PLAYWRIGHT_JSON_OUTPUT_FILE: browserReport };
tool("@playwright/test/cli.js", ["test", "--reporter=list,json"], env);
count("end-to-end tests", browserReport, readPlaywright);

rmSync(reports, { recursive: true });
finish();
