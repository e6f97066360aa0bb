// Everything that has to be green, in the order in which a fault is cheapest to find. All of it runs, whatever fails.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { findBrowser } from "./find-browser.ts";
import { buildWhenNeeded, generateWhenNeeded, NODE, ROOT } from "./prepare.mjs";

const reports = mkdtempSync(path.join(tmpdir(), "boring-console-check-"));
const unitReport = path.join(reports, "unit.json");
const browserReport = path.join(reports, "browser.json");
const total = { passed: 0, failed: 0, skipped: 0 };

generateWhenNeeded();
gate("format and lint", "@biomejs/biome/bin/biome", ["check", "--error-on-warnings", "."]);
gate("types of routes", "next/dist/bin/next", ["typegen"]);
gate("types", "typescript/bin/tsc", ["--noEmit"]);
gate("arrows", "../scripts/check-arrows.mjs", []);
gate("unused code", "knip/bin/knip.js", ["--no-progress"]);

tool("vitest/vitest.mjs", ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${unitReport}`]);
count("unit tests", () => {
  const { numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped } = readReport(unitReport);
  return { passed, failed, skipped };
});

buildWhenNeeded();
const env = { CHROMIUM_PATH: await findBrowser(), PLAYWRIGHT_JSON_OUTPUT_FILE: browserReport };
tool("@playwright/test/cli.js", ["test", "--reporter=list,json"], env);
count("end-to-end tests", () => {
  const { expected, flaky, unexpected, skipped } = readReport(browserReport).stats;
  return { passed: expected + flaky, failed: unexpected, skipped };
});

rmSync(reports, { recursive: true });
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
process.exit(total.failed > 0 ? 1 : 0);

function tool(script, args, extra = {}) {
  const options = { cwd: ROOT, stdio: "inherit", env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...extra } };
  return spawnSync(NODE, [path.join("node_modules", script), ...args], options).status === 0;
}

function gate(name, script, args) {
  const isGreen = tool(script, args);
  console.log(`${isGreen ? "✓" : "✗"} ${name}`);
  total[isGreen ? "passed" : "failed"]++;
}

// A runner that died before it could report has failed, however many tests it ran.
function count(name, read) {
  try {
    const { passed, failed, skipped } = read();
    if (passed + failed === 0) throw new Error("no test ran");
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
  } catch (error) {
    console.error(`✗ ${name}: ${error.message}`);
    total.failed++;
  }
}

function readReport(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}
