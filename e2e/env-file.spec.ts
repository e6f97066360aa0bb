import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { startServer } from "#lib/testing/console/start-server";

const PROJECT_DIR = path.resolve(import.meta.dirname, "..");

let folder: string;
test.beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "boring-env-"));
});
test.afterEach(() => rmSync(folder, { recursive: true }));

const writeEnvFile = (text: string): string => {
  const file = path.join(folder, ".env");
  writeFileSync(file, text);
  return file;
};

/** What a program says that is started in the folder, with nothing set in its environment. */
const run = (program: string): Promise<string> =>
  new Promise((resolve) => {
    const env: NodeJS.ProcessEnv = { NODE_ENV: "production", PATH: process.env.PATH };
    const options = { cwd: folder, env };
    execFile(process.execPath, [path.join(PROJECT_DIR, program)], options, (_error, stdout, stderr) =>
      resolve((stdout + stderr).trim()),
    );
  });

test("a server takes all of its settings from the file, the late ones too, and says so", async () => {
  test.setTimeout(120_000);
  const file = writeEnvFile('LOG_LEVEL="silent"\nexport KEEP_ALIVE_SECONDS=77\nPORT=1 # for another time\n');
  const server = await startServer({ env: { ENV_FILE: file } });
  const sentence = `Settings were read from ${file}: KEEP_ALIVE_SECONDS, LOG_LEVEL; 1 more are set in the environment`;
  expect(server.output()).toContain(sentence);
  expect((await fetch(`${server.url}/sign-in`)).headers.get("keep-alive")).toBe("timeout=77");
  expect(server.output()).not.toContain('"Request answered"');
  await server.stop();
});

const PROGRAMS = ["lib/server/main.ts", "scripts/worker.ts", "scripts/migrate.ts", "scripts/verify-audit.ts"];

for (const program of [...PROGRAMS, "scripts/rotate-credential-keys.ts"]) {
  test(`${program} reads .env where it is started, and nothing of one that it does not understand`, async () => {
    writeEnvFile(`DATABASE_URL=postgresql://boring@127.0.0.1:9/boring\nCREDENTIAL_KEYS=a:${"k".repeat(43)}\n`);
    expect(await run(program)).toMatch(/^Settings were read from .*\nDATABASE_URL: .* cannot be reached/m);
    writeEnvFile('DATA_DIR="data\nDATABASE_URL=postgresql://boring@127.0.0.1:9/boring\n');
    expect(await run(program)).toBe(
      `${folder}/.env: line 1 is not NAME=value. Enclose a value that contains # in quotation marks, and one that contains quotation marks in the other kind.`,
    );
    writeEnvFile("DATA_DIR='da\"ta\"'\n");
    expect(await run(program)).toMatch(/^DATA_DIR has a quotation mark at one end/m);
    expect(readdirSync(folder).join()).not.toContain('ta"');
  });
}
