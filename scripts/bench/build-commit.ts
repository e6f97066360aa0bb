import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync } from "node:fs";
import path from "node:path";
import { NODE, ROOT, run } from "../prepare.mjs";
import type { Workshop } from "./workshop.ts";

/** A build to measure. */
export type Build = { name: string; root: string };

// Prepares databases for a measurement that the commit's own bench may lack.
const BROUGHT_PROGRAM = "scripts/bench/programs/seed-deliveries.ts";

const PREPARE = `import("./scripts/prepare.mjs").then((steps) => {
  steps.installWhenNeeded(); steps.generateWhenNeeded(); steps.buildWhenNeeded(); })`;

/** Checks a commit out into the workshop, then installs and builds it with its own scripts. */
export const buildCommit = (workshop: Workshop, commit: string): Build => {
  const git = (...args: string[]) => execFileSync("git", args, { cwd: ROOT, encoding: "utf8" }).trim();
  const id = git("rev-parse", "--verify", "--short", `${commit}^{commit}`);
  const root = path.join(workshop.folder, `build-${id}`);
  const archive = `${root}.tar`;
  mkdirSync(root);
  git("archive", "--output", archive, id);
  run("tar", ["-xf", archive, "-C", root]);
  run(NODE, ["-e", PREPARE], { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  cpSync(path.join(ROOT, BROUGHT_PROGRAM), path.join(root, BROUGHT_PROGRAM));
  return { name: id, root };
};
