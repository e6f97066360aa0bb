import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import path from "node:path";
import { afterEach, expect, test } from "vitest";

const MAIN = path.join(import.meta.dirname, "main.ts");
const INHERITED = { NODE_ENV: "test" } as const;
const SETTINGS = { STAND_IN_PORT: "4341", PUBLIC_URL: "http://localhost:4340" };

let child: ChildProcessWithoutNullStreams;

const start = (settings: Record<string, string> = SETTINGS) => {
  const output = { out: "", err: "" };
  child = spawn(process.execPath, [MAIN], { env: { ...INHERITED, ...settings } });
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output.out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    output.err += text;
  });
  return output;
};
const ready = () => once(child.stdout, "data");
const exitCode = async () => (await once(child, "close"))[0] as number | null;

afterEach(() => {
  child.kill("SIGKILL");
});

test("it says ready when it answers, and nothing else", async () => {
  const output = start();
  await ready();
  expect((await fetch("http://127.0.0.1:4341/.well-known/openid-configuration")).status).toBe(200);
  expect(output).toEqual({ out: "ready\n", err: "" });
});

test("it ends when the process that started it closes its input", async () => {
  start();
  await ready();
  child.stdin.end();
  expect(await exitCode()).toBe(0);
});

test("it ends with 0 when it is asked to", async () => {
  start();
  await ready();
  child.kill("SIGTERM");
  expect(await exitCode()).toBe(0);
});

test("a port that is taken ends it with a sentence that names the setting and an example", async () => {
  const holder = createServer().listen(4341, "127.0.0.1");
  await once(holder, "listening");
  const output = start();
  expect(await exitCode()).toBe(1);
  expect(output.err).toBe(
    "STAND_IN_PORT 4341 is in use by another program. Choose another, for example STAND_IN_PORT=4441.\n",
  );
  holder.close();
});

test("without settings it says which", async () => {
  const output = start({});
  expect(await exitCode()).toBe(1);
  expect(output.err).toContain("set STAND_IN_PORT and PUBLIC_URL, for example STAND_IN_PORT=3001");
});
