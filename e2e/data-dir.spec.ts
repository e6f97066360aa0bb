import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { startServer } from "#lib/testing/console/start-server";
import { createUser } from "#lib/testing/console/user";

const PROJECT_DIR = path.resolve(import.meta.dirname, "..");
const PROGRAMS = ["lib/server/main.ts", "scripts/migrate.ts", "scripts/verify-audit.ts"];

/** What a program says on this data directory with a network and process numbers of its own, as in another container. */
const runApart = (program: string, dataDir: string): Promise<string> =>
  new Promise((resolve) => {
    const apart = ["--net", "--pid", "--fork", "--kill-child", "sh", "-c", 'ip link set lo up; exec "$@"', "sh"];
    const env: NodeJS.ProcessEnv = { NODE_ENV: "production", PATH: process.env.PATH, DATA_DIR: dataDir };
    const options = { cwd: PROJECT_DIR, env: { ...env, ENV_FILE: "/dev/null", PORT: "3000" } };
    execFile("unshare", [...apart, process.execPath, program], options, (_error, stdout, stderr) =>
      resolve((stdout + stderr).trim()),
    );
  });

test("a second container on the volume of the first is refused, whatever it runs, and is told by whom", async () => {
  test.skip(process.getuid?.() !== 0 || !existsSync("/usr/bin/unshare"), "Only root can make namespaces on Linux");
  test.setTimeout(180_000);
  const server = await startServer();
  const user = await createUser(server.url);
  const { id } = await user.generateKey();
  const sentence = `DATA_DIR ${server.dataDir} is in use by process ${server.process.pid}, which serves ${server.url}, on `;
  for (const program of [...PROGRAMS, "scripts/rotate-credential-keys.ts"]) {
    expect(await runApart(program, server.dataDir), program).toContain(sentence);
  }
  server.kill();
  const next = await startServer({ dataDir: server.dataDir, port: server.port });
  expect((await user.ask(`/api/keys/${id}`)).status).toBe(200);
  expect(await next.stop()).toBe(0);
});
