import { execFileSync } from "node:child_process";
import { cruise } from "dependency-cruiser";
import extractTSConfig from "dependency-cruiser/config-utl/extract-ts-config";
import config from "../.dependency-cruiser.mjs";

const FOLDERS = ["app", "components", "lib", "e2e", "scripts"];

const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", ...FOLDERS], {
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => /\.tsx?$/.test(file));

const { output } = await cruise(
  FOLDERS,
  { ...config.options, ruleSet: { forbidden: config.forbidden, required: config.required }, validate: true },
  {},
  { tsConfig: extractTSConfig("tsconfig.json") },
);

for (const { rule, from, to } of output.summary.violations) console.error(`${rule.name}: ${from} → ${to}`);

// A parser that cannot read TypeScript would check almost no modules and report success.
const cruised = new Set(output.modules.map((module) => module.source));
const unread = files.filter((file) => !cruised.has(file));
for (const file of unread) console.error(`not cruised: ${file}`);

const failed = output.summary.violations.length + unread.length;
console.log(`${cruised.size} modules cruised, ${failed} faults`);
process.exitCode = failed > 0 ? 1 : 0;
