import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { ask, withKey } from "#lib/testing/console/api-client";
import { type RunningServer, startServer } from "#lib/testing/console/start-server";
import { createUser } from "#lib/testing/console/user";
import { findPostgres, startPostgres } from "#lib/testing/postgres/start-postgres";
import { expect, test } from "./fixtures.ts";

type Backup = { save(): void; restore(): void };

/** Ends keys after a backup, restores it, and looks what the keys of then are good for. */
const expectDeadToStayDead = async (start: () => Promise<RunningServer>, { save, restore }: Backup) => {
  const first = await start();
  const user = await createUser(first.url);
  const [kept, deleted, leaked, reported] = [
    await user.generateKey("Kept"),
    await user.generateKey("Deleted"),
    await user.generateKey("Leaked"),
    await user.generateKey("Reported"),
  ];
  await first.stop();
  save();

  const second = await start();
  await user.deleteKey(deleted.id);
  await user.ask(`/api/keys/${leaked.id}/leak`, { method: "POST" });
  await ask(second.url, "/v2/keys/revoke", { json: { keys: [reported.key] } });
  await second.stop();
  restore();

  const third = await start();
  const statusOf = async ({ key }: { key: string }) =>
    (await ask(third.url, "/v2/me", { headers: withKey(key) })).status;
  expect(await statusOf(kept)).toBe(200);
  for (const dead of [deleted, leaked, reported]) expect(await statusOf(dead)).toBe(401);
  expect((await user.ask(`/api/keys/${deleted.id}`)).status).toBe(404);
  const { json } = await user.ask("/api/audit-events?action=key.deleted");
  expect(json).toMatchObject({
    results: [{ actor: "operator", key: { id: deleted.id }, details: { restored: true } }],
  });
  expect(third.output()).toContain("contained 3 deleted or disabled keys as active");
  await third.stop();
};

test("a restored copy of the embedded database brings no dead key back", async () => {
  test.setTimeout(300_000);
  let given: Pick<RunningServer, "dataDir" | "port"> | undefined;
  const start = async () => {
    const server = await startServer(given);
    given = { dataDir: server.dataDir, port: server.port };
    return server;
  };
  const database = () => path.join(given?.dataDir ?? "", "pglite");
  const copy = () => path.join(given?.dataDir ?? "", "backup");
  await expectDeadToStayDead(start, {
    save: () => cpSync(database(), copy(), { recursive: true }),
    restore: () => {
      rmSync(database(), { recursive: true });
      cpSync(copy(), database(), { recursive: true });
    },
  });
  const { dataDir = "" } = given ?? {};
  expect(readFileSync(path.join(dataDir, "dead-keys.jsonl"), "utf8").trim().split("\n")).toHaveLength(3);
});

test("a restored dump of PostgreSQL brings no dead key back", async () => {
  test.setTimeout(300_000);
  const binaries = findPostgres();
  test.skip(!binaries, "PostgreSQL is not installed here");
  const postgres = await startPostgres();
  const url = await postgres.createDatabase("restored");
  let given: Pick<RunningServer, "dataDir" | "port"> | undefined;
  const start = async () => {
    const server = await startServer({ ...given, env: { DATABASE_URL: url } });
    given = { dataDir: server.dataDir, port: server.port };
    return server;
  };
  const run = (program: string, ...args: string[]) => execFileSync(path.join(binaries ?? "", program), [...args, url]);
  const file = () => path.join(given?.dataDir ?? "", "backup.sql");
  await expectDeadToStayDead(start, {
    save: () => run("pg_dump", "--clean", "--if-exists", "--file", file()),
    restore: () => run("psql", "--quiet", "--single-transaction", "--set", "ON_ERROR_STOP=1", "--file", file()),
  });
  await postgres.stop();
});
