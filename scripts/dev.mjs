import { spawn } from "node:child_process";
import { readdirSync, watch } from "node:fs";
import path from "node:path";
import { generateWhenNeeded, installWhenNeeded, NODE, ROOT, requireNode } from "./prepare.mjs";

// Next sees changes of pages. Routes and all that they import are loaded once, so a change of theirs starts the server again.
const FOLDERS = ["app", "lib"];
const CALM_MILLISECONDS = 200;

requireNode();
installWhenNeeded();
generateWhenNeeded();

let server = start();
let isChanged = false;
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, () => server.kill(signal));
watchFolders();

function start() {
  const started = spawn(NODE, ["lib/server/main.ts", "--dev"], { cwd: ROOT, stdio: "inherit" });
  started.on("exit", (code) => {
    if (!isChanged) process.exit(code ?? 1);
    isChanged = false;
    server = start();
  });
  return started;
}

// Each folder for itself, because a recursive watch on Linux loses the files that an editor replaces. A new folder counts
// from the next start of this script.
function watchFolders() {
  let timer;
  const onChange = (_event, name) => {
    if (!/(?<!\.test)\.ts$/.test(name ?? "")) return;
    clearTimeout(timer);
    timer = setTimeout(restart, CALM_MILLISECONDS);
  };
  for (const folder of FOLDERS.map((name) => path.join(ROOT, name))) {
    const inside = readdirSync(folder, { recursive: true, withFileTypes: true });
    const folders = inside
      .filter((entry) => entry.isDirectory())
      .map(({ parentPath, name }) => path.join(parentPath, name));
    for (const one of [folder, ...folders]) watch(one, onChange);
  }
}

function restart() {
  console.log("A route, or what it imports, has changed. Starting again …");
  isChanged = true;
  server.kill("SIGTERM");
}
