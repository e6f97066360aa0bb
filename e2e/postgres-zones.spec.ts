import { execFileSync } from "node:child_process";
import pg from "pg";
import { ask, tryKey, withKey } from "#lib/testing/console/api-client";
import { startServer } from "#lib/testing/console/start-server";
import { createUser } from "#lib/testing/console/user";
import { findPostgres, startPostgres } from "#lib/testing/postgres/start-postgres";
import { expect, test } from "./fixtures.ts";

const HOUR = 3_600_000;

for (const zone of ["Asia/Taipei", "America/New_York"]) {
  test(`on a PostgreSQL in ${zone} keys end, and posts go out, when they should, and the log is whole`, async () => {
    test.skip(!findPostgres(), "PostgreSQL is not installed here");
    test.setTimeout(120_000);
    const postgres = await startPostgres({ settings: { timezone: zone } });
    const env = {
      DATABASE_URL: await postgres.createDatabase("zoned"),
      AUTH_SECRET: "a secret, of 32 characters or more",
    };
    const server = await startServer({ env });
    const user = await createUser(server.url);
    const { id, key } = await user.generateKey("Living", { expires_at: new Date(Date.now() + HOUR).toISOString() });
    expect(await tryKey(server.url, key)).toBe(200);
    const ended = await user.generateKey("Ended");
    await user.ask(`/api/keys/${ended.id}`, {
      method: "PATCH",
      json: { expires_at: new Date(Date.now() + 2000).toISOString() },
    });
    await expect.poll(() => tryKey(server.url, ended.key), { timeout: 15_000 }).toBe(401);

    const post = async (more: object) =>
      (await ask(server.url, "/v2/posts", { headers: withKey(key), json: { post: { text: "Hello", ...more } } })).json
        .data as Record<"status" | "scheduled_at" | "created_at", string>;
    expect((await post({})).status).toBe("published");
    const scheduledAt = new Date(Date.now() + HOUR / 2).toISOString();
    const data = await post({ scheduledAt });
    expect([data.status, Date.parse(data.scheduled_at)]).toEqual([
      "scheduled",
      Math.floor(Date.parse(scheduledAt) / 1000) * 1000,
    ]);

    const isNow = (moment: unknown) => Math.abs(Date.parse(String(moment)) - Date.now()) < 60_000;
    await expect.poll(async () => String((await user.ask(`/api/keys/${id}`)).json.last_used_at)).toMatch(/^\d{4}-/);
    const { last_used_at, created_at } = (await user.ask(`/api/keys/${id}`)).json;
    expect([isNow(last_used_at), isNow(created_at), isNow(data.created_at)]).toEqual([true, true, true]);
    await server.stop();
    const verify = execFileSync(process.execPath, ["scripts/verify-audit.ts"], {
      env: { ...env, NODE_ENV: "test" },
      encoding: "utf8",
    });
    expect(verify).toMatch(/^\d+ events, head /);
    await postgres.stop();
  });
}

test("a server does not start on times that an earlier version wrote in the server's zone, and says what to do", async () => {
  test.skip(!findPostgres(), "PostgreSQL is not installed here");
  test.setTimeout(120_000);
  const postgres = await startPostgres({ settings: { timezone: "Asia/Taipei" } });
  const env = {
    DATABASE_URL: await postgres.createDatabase("before"),
    AUTH_SECRET: "a secret, of 32 characters or more",
  };
  const server = await startServer({ env });
  const user = await createUser(server.url);
  const { key } = await user.generateKey("Living", { expires_at: new Date(Date.now() + HOUR).toISOString() });
  await server.stop();
  // What the version before would have written.
  const client = new pg.Client({ connectionString: env.DATABASE_URL });
  await client.connect();
  for (const column of [
    "users.created_at",
    "sessions.created_at",
    "sessions.expires_at",
    "social_accounts.created_at",
    "api_keys.expires_at",
  ]) {
    const [table, name] = column.split(".");
    await client.query(`UPDATE ${table} SET ${name} = (${name} AT TIME ZONE 'UTC') AT TIME ZONE 'Asia/Taipei'`);
  }
  await client.query("DELETE FROM instant_checks");
  await client.end();
  const refused = await startServer({ env }).then(
    () => "started",
    (error: Error) => error.message,
  );
  expect(refused.trim().split("\n").at(-1)).toMatch(/^The times .*Asia\/Taipei.*npm run db:correct-times -- --dry-run/);
  const correct = () =>
    execFileSync(process.execPath, ["scripts/correct-times.ts"], {
      env: { ...env, NODE_ENV: "test" },
      encoding: "utf8",
    });
  expect(correct()).toContain("Moved from Asia/Taipei to UTC");
  expect(correct()).toContain("Nothing was changed");
  const again = await startServer({ env });
  expect(await tryKey(again.url, key)).toBe(200);
  await again.stop();
  await postgres.stop();
});
