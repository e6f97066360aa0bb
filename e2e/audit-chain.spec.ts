import { execFile } from "node:child_process";
import { devNull } from "node:os";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { tryKey } from "#lib/testing/console/api-client";
import { startServer } from "#lib/testing/console/start-server";
import { createUser } from "#lib/testing/console/user";
import { findPostgres, startPostgres } from "#lib/testing/postgres/start-postgres";
import { listEvents } from "./audit-log.ts";
import { expect, test } from "./fixtures.ts";

const PROJECT_DIR = path.resolve(import.meta.dirname, "..");

/** What an operator sees of `npm run audit:verify`. */
const verify = (env: Record<string, string>, ...args: string[]): Promise<{ code: number; output: string }> =>
  new Promise((resolve) => {
    const options = { cwd: PROJECT_DIR, env: { ...process.env, ENV_FILE: devNull, ...env } };
    execFile(process.execPath, ["scripts/verify-audit.ts", ...args], options, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, output: (stdout + stderr).trim() });
    });
  });

test("the command proves the log of an installation, and finds what was tampered with", async () => {
  const server = await startServer();
  const user = await createUser(server.url);
  for (const name of ["One", "Two", "Three"]) await user.generateKey(name);
  const env = { DATA_DIR: server.dataDir };
  expect(await verify(env)).toMatchObject({ code: 2, output: expect.stringContaining("DATA_DIR") });
  await server.stop();
  const whole = await verify(env);
  expect(whole).toEqual({ code: 0, output: expect.stringMatching(/^4 events, head 4:[0-9a-f]{64}$/) });
  const head = whole.output.split(" ").at(-1) ?? "";
  expect(await verify(env, "--head", head)).toEqual(whole);
  expect((await verify(env, "--head", "4")).code).toBe(2);

  const tamper = async (sql: string) => {
    const db = await PGlite.create(path.join(server.dataDir, "pglite"));
    await expect(db.exec(sql)).rejects.toThrow("append-only");
    await db.exec(`DROP TRIGGER audit_events_append_only ON audit_events; ${sql}`);
    await db.exec(`CREATE TRIGGER audit_events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_events
                   FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
    await db.close();
  };
  await tamper("DELETE FROM audit_events WHERE seq = 4");
  expect(await verify(env)).toMatchObject({ code: 0 });
  expect(await verify(env, "--head", head)).toEqual({ code: 1, output: "Event 4 is missing." });
  await tamper(`UPDATE audit_events SET details = '{"name":"Other"}' WHERE seq = 3`);
  expect(await verify(env)).toMatchObject({ code: 1, output: expect.stringMatching(/^Event 3 was changed/) });
});

test("a hundred changes at once on two instances are one chain, without a gap, an error or a deadlock", async () => {
  test.skip(!findPostgres(), "PostgreSQL is not installed here, so two instances cannot share one");
  test.setTimeout(300_000);
  const postgres = await startPostgres();
  const env = {
    DATABASE_URL: await postgres.createDatabase("audit"),
    AUTH_SECRET: "a secret that both share, 32 chars",
  };
  const servers = await Promise.all([startServer({ env }), startServer({ env })]);
  const [first, second] = await Promise.all(servers.map(({ url }) => createUser(url)));
  if (!first || !second) throw new Error("two users are needed");
  const keys = await Promise.all(Array.from({ length: 6 }, (_, n) => (n % 2 ? first : second).generateKey(`Key ${n}`)));
  const statuses = await Promise.all(
    Array.from({ length: 100 }, async (_, n) => {
      const user = n % 2 ? first : second;
      const { id = "", key = "" } = keys[n % 6] ?? {};
      if (n % 10 < 6) return (await user.updateKey(id, { name: `Name ${n}` })).status;
      if (n % 10 < 8) return (await user.updateKey(id, { is_active: n % 3 === 0 })).status;
      if (n % 10 === 8) return (await user.ask("/api/keys", { json: { name: `New ${n}` } })).status;
      return tryKey(servers[n % 2]?.url ?? "", key);
    }),
  );
  expect([...new Set(statuses)].filter((status) => ![200, 201, 401].includes(status))).toEqual([]);
  const events = (await listEvents(first)).count + (await listEvents(second)).count;
  expect(events).toBeGreaterThan(80);
  await Promise.all(servers.map((server) => server.stop()));
  const { code, output } = await verify({ DATABASE_URL: env.DATABASE_URL });
  expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(/^\d+ events, head /) });
  expect(Number.parseInt(output, 10)).toBeGreaterThanOrEqual(events);
  await postgres.stop();
});
