import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

const PROGRAM = `
  const { lockDataDir } = await import("#lib/db/lock-data-dir");
  try {
    const lock = await lockDataDir(process.argv[1]);
    console.log("has it as " + process.pid);
    process.stdin.on("data", () => { lock.release(); console.log("released"); }).on("end", () => process.exit());
  } catch (error) {
    console.log(error.name + ": " + error.message);
    process.exit(1);
  }`;
const NODE = [process.execPath, "--input-type=module", "-e", PROGRAM];
const isRoot = process.getuid?.() === 0 && existsSync("/usr/bin/unshare");

let dataDir: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), "boring-lock-"));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  rmSync(dataDir, { recursive: true });
});

/** A process that tries to get the lock, and what it says first. */
const start = async (dir = dataDir, prefix: string[] = []) => {
  const [command = "", ...args] = [...prefix, ...NODE, dir];
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
  children.push(child);
  const [said] = await once(child.stdout.setEncoding("utf8"), "data");
  return { child, said: String(said).trim() };
};

test("one process has it, and the others are told which", async () => {
  const first = await start();
  expect(first.said).toMatch(/^has it/);
  const { said } = await start();
  expect(said).toContain(
    `DataDirError: DATA_DIR ${dataDir} is in use by process ${first.child.pid}, which serves http`,
  );
});

test("another path to the same folder is the same folder", async () => {
  await start();
  const link = `${dataDir}-link`;
  symlinkSync(dataDir, link);
  expect((await start(link)).said).toContain("is in use by process");
  rmSync(link);
});

test("a killed holder's lock is free at once, and a released one too", async () => {
  const first = await start();
  first.child.kill("SIGKILL");
  await once(first.child, "exit");
  const second = await start();
  expect(second.said).toMatch(/^has it/);
  second.child.stdin?.write("release");
  await once(second.child.stdout as NodeJS.ReadableStream, "data");
  expect((await start()).said).toMatch(/^has it/);
});

test.skipIf(!isRoot)(
  "it holds across network and process namespaces, as between two containers on one volume",
  async () => {
    const apart = ["unshare", "--net", "--pid", "--fork", "--kill-child"];
    const first = await start(dataDir, apart);
    expect(first.said).toBe("has it as 1");
    expect((await start(dataDir, apart)).said).toContain("is in use by process 1, which serves http");
    expect((await start()).said).toContain("is in use by process 1, which serves http");
    first.child.kill("SIGKILL");
    await expect.poll(async () => (await start(dataDir, apart)).said, { timeout: 20_000 }).toMatch(/^has it/);
  },
);

test("of many that start together exactly one has it, and nothing of its is deleted", async () => {
  const started = await Promise.all(Array.from({ length: 8 }, () => start()));
  expect(started.filter(({ said }) => said.startsWith("has it"))).toHaveLength(1);
  expect(readdirSync(dataDir).sort()).toEqual(["lock-holder.txt", "lock.sqlite"]);
});

test("it holds although somebody deletes its files", async () => {
  const first = await start();
  for (const file of readdirSync(dataDir)) rmSync(path.join(dataDir, file));
  expect((await start()).said).toContain(
    process.platform === "linux" ? `is in use by process ${first.child.pid}` : "has it",
  );
});
