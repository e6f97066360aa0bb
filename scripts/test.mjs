import { spawnSync } from "node:child_process";
import { installWhenNeeded, NODE, ROOT, requireNode } from "./prepare.mjs";

requireNode();
installWhenNeeded();
const { status } = spawnSync(NODE, ["scripts/check.mjs"], { cwd: ROOT, stdio: "inherit" });
process.exit(status ?? 1);
