import { spawn } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";
import { afterEach, expect, test } from "vitest";

// Logs as many lines as it is told, and says on the other stream when it has.
const PROGRAM = `
  const { log } = await import("#lib/log");
  process.stdin.setEncoding("utf8").on("data", async (count) => {
    for (let turn = 0; turn < Number(count); turn++) {
      log("info", "A line " + "x".repeat(200));
      if (turn % 100 === 0) await new Promise(setImmediate);
    }
    log("error", "The last one");
    setImmediate(() => process.stderr.write("done\\n"));
  });
  process.stdin.on("end", () => process.exit());
  process.stderr.write("up\\n");`;

const children: { kill(signal: "SIGKILL"): boolean }[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

const start = async (stdout: "pipe" | number) => {
  const child = spawn(process.execPath, ["--input-type=module", "-e", PROGRAM], {
    stdio: ["pipe", stdout, "pipe"],
    env: { ...process.env, LOG_LEVEL: "info" },
  });
  children.push(child);
  const heard = () => once(child.stderr as NodeJS.ReadableStream, "data").then(([text]) => String(text).trim());
  expect(await heard()).toBe("up");
  const logLines = (count: number) => {
    child.stdin?.write(String(count));
    return heard();
  };
  return { child, logLines };
};

test("a reader that goes away does not take the process with it", async () => {
  const { child, logLines } = await start("pipe");
  child.stdout?.destroy();
  expect(await logLines(100)).toBe("done");
  expect(await logLines(100)).toBe("done");
  expect(child.exitCode).toBe(null);
});

test("a reader that pauses stops nothing; what it did not take is counted, and it is told how much that was", async () => {
  const { child, logLines } = await start("pipe");
  expect(await logLines(20_000)).toBe("done");
  let text = "";
  child.stdout?.setEncoding("utf8").on("data", (chunk) => {
    text += chunk;
  });
  await expect
    .poll(async () => {
      await logLines(0);
      return text;
    })
    .toContain('"lost":');
  child.stdin?.end();
  await once(child, "close");
  const lines = text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  const lost = lines.reduce((sum, line) => sum + (line.lost ?? 0), 0);
  expect(lost).toBeGreaterThan(1000);
  expect(lines.filter(({ message }) => message.startsWith("A line")).length + lost).toBeGreaterThanOrEqual(20_000);
});

test("a reader that pauses for good does not keep the process from ending", async () => {
  const { child, logLines } = await start("pipe");
  expect(await logLines(20_000)).toBe("done");
  child.stdin?.end();
  const [code] = await once(child, "exit");
  expect(code).toBe(0);
});

test.skipIf(process.platform !== "linux")("a disk that is full does not end the process", async () => {
  const { child, logLines } = await start(openSync("/dev/full", "w"));
  expect(await logLines(100)).toBe("done");
  expect(child.exitCode).toBe(null);
});
