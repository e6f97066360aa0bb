import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { NODE, ROOT } from "./prepare.mjs";

const total = { passed: 0, failed: 0, skipped: 0 };

/** Runs a dependency's program and shows its output. Returns whether it succeeded. */
export const tool = (script, args, extra = {}) => {
  const options = { cwd: ROOT, stdio: "inherit", env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...extra } };
  return spawnSync(NODE, [path.join("node_modules", script), ...args], options).status === 0;
};

/** Runs a program that succeeds or fails, and counts it as one check. */
export const gate = (name, script, args) => {
  const isGreen = tool(script, args);
  console.log(`${isGreen ? "✓" : "✗"} ${name}`);
  total[isGreen ? "passed" : "failed"]++;
};

/** Adds the results in a runner's report. A runner that crashed before writing one counts as failed. */
export const count = (name, reportFile, read) => {
  try {
    const { passed, failed, skipped } = read(JSON.parse(readFileSync(reportFile, "utf8")));
    if (passed + failed === 0) throw new Error("no test ran");
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
  } catch (error) {
    console.error(`✗ ${name}: ${error.message}`);
    total.failed++;
  }
};

/** The counts in Playwright's JSON report. */
export const readPlaywright = ({ stats: { expected, flaky, unexpected, skipped } }) => ({
  passed: expected + flaky,
  failed: unexpected,
  skipped,
});

/** Prints the summary line and exits with the matching code. */
export const finish = () => {
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
  console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
  process.exit(total.failed > 0 ? 1 : 0);
};
