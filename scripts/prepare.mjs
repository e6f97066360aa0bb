// The first step of `npm start` and `npm test`. It has no dependencies, because it runs before they are installed, on
// whatever Node the machine has. All later steps run on the Node from the installation.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

export const ROOT = path.resolve(import.meta.dirname, "..");

/** The Node from the installed dependencies. */
export const NODE = path.join(ROOT, "node_modules/node/bin", process.platform === "win32" ? "node.exe" : "node");

const MINIMUM_NODE = [20, 9];

// The process that reads this output may end first. Without a listener, the error would end this one as well.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

/** Exits with a sentence on a Node that is too old for the installation. */
export const requireNode = () => {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > MINIMUM_NODE[0] || (major === MINIMUM_NODE[0] && minor >= MINIMUM_NODE[1])) return;
  fail(`Node ${MINIMUM_NODE.join(".")} or newer is needed to start; this is ${process.versions.node}.`);
};

/** Installs the locked dependencies unless exactly these are already installed. */
export const installWhenNeeded = () => {
  const stamp = "node_modules/.installed-from";
  const wanted = hashOf(["package-lock.json", "package.json"]);
  if (existsSync(NODE) && readStamp(stamp) === wanted) return;
  console.log("Installing the dependencies (once, and when they change) …");
  run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], { shell: process.platform === "win32" });
  writeStamp(stamp, wanted);
};

/** Installs the network servers that tests publish to, unless exactly these are already installed. */
export const installNetworksWhenNeeded = () => {
  const folder = "e2e/networks/servers";
  const stamp = `${folder}/node_modules/.installed-from`;
  const wanted = hashOf([`${folder}/package-lock.json`, `${folder}/package.json`]);
  if (readStamp(stamp) === wanted) return;
  console.log("Installing the servers of the networks (once, and when they change) …");
  run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: path.join(ROOT, folder),
    shell: process.platform === "win32",
  });
  writeStamp(stamp, wanted);
};

/** Generates the Prisma client unless it matches the current schema. */
export const generateWhenNeeded = () => {
  const stamp = "lib/db/generated/.generated-from";
  const wanted = hashOf(["prisma/schema.prisma", "package-lock.json"]);
  if (readStamp(stamp) === wanted) return;
  runQuietly(["node_modules/prisma/build/index.js", "generate", "--no-hints"]);
  writeStamp(stamp, wanted);
};

/** Builds the pages unless the current sources are already built. */
export const buildWhenNeeded = () => {
  const stamp = ".next/.built-from";
  const sources = [
    "app",
    "components",
    "lib",
    "public",
    "prisma/schema.prisma",
    "next.config.ts",
    "postcss.config.json",
  ];
  const wanted = hashOf([...sources, "package.json", "package-lock.json", "tsconfig.json"]);
  if (readStamp(stamp) === wanted) return;
  console.log("Building the pages (once, and when the sources change) …");
  runQuietly(["node_modules/next/dist/bin/next", "build"], {
    // The build does not depend on the settings.
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", __NEXT_PROCESSED_ENV: "true" },
  });
  for (const file of filesOf(path.join(ROOT, ".next/static"))) compress(file);
  writeStamp(stamp, wanted);
};

/** Runs a command in the project. Exits this process when it fails. */
export const run = (command, args, options = {}) => {
  const { status, error } = spawnSync(command, args, { cwd: ROOT, stdio: "inherit", ...options });
  if (error || status !== 0)
    fail(`${[path.basename(command), ...args].join(" ")} failed${error ? `: ${error.message}` : "."}`);
};

// At the highest level, because these files are compressed once and downloaded often.
function compress(file) {
  if (!/\.(?:css|js|svg)$/.test(file)) return;
  const content = readFileSync(file);
  writeFileSync(`${file}.br`, brotliCompressSync(content));
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
}

// Someone who wants to start the console needs no output from a tool that succeeds.
function runQuietly(args, options = {}) {
  const { status, stdout, stderr } = spawnSync(NODE, args, { cwd: ROOT, encoding: "utf8", ...options });
  if (status === 0) return;
  process.stderr.write(`${stdout}${stderr}`);
  fail(`${args.join(" ")} failed.`);
}

/** Runs the server until it exits, then exits with the same code. */
export const serve = (...args) => {
  const server = spawn(NODE, ["lib/server/main.ts", ...args], { cwd: ROOT, stdio: "inherit" });
  // The server shuts itself down. This process only forwards the signal and waits.
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, () => server.kill(signal));
  server.on("exit", (code) => process.exit(code ?? 1));
};

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

function hashOf(entries) {
  const hash = createHash("sha256");
  for (const file of entries.flatMap((entry) => filesOf(path.join(ROOT, entry)))) {
    hash.update(path.relative(ROOT, file)).update("\0").update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

function filesOf(entry) {
  // A missing entry never changes, so a renamed file would go unnoticed.
  if (!existsSync(entry)) throw new Error(`${entry} does not exist.`);
  if (!statSync(entry).isDirectory()) return [entry];
  const names = readdirSync(entry).sort();
  return names
    .filter((name) => name !== "generated" && name !== "testing" && !name.includes(".test."))
    .flatMap((name) => filesOf(path.join(entry, name)));
}

function readStamp(file) {
  const stamp = path.join(ROOT, file);
  return existsSync(stamp) ? readFileSync(stamp, "utf8") : undefined;
}

function writeStamp(file, text) {
  mkdirSync(path.dirname(path.join(ROOT, file)), { recursive: true });
  writeFileSync(path.join(ROOT, file), text);
}
