import { setTimeout } from "node:timers/promises";
import pg from "pg";
import { ask, tryKey, withKey } from "#lib/testing/console/api-client";
import { startServer } from "#lib/testing/console/start-server";
import { createUser } from "#lib/testing/console/user";
import { findPgBouncer, startPgBouncer } from "#lib/testing/postgres/start-pgbouncer";
import { findPostgres, startPostgres } from "#lib/testing/postgres/start-postgres";
import { expect, test } from "./fixtures.ts";

const SHARED = { AUTH_SECRET: "a secret that both share, 32 chars", RATE_LIMIT_PER_MINUTE: "1000000" };

/** How often each text is there, asked of the database itself. */
const countTexts = async (url: string): Promise<Record<string, number>> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query("SELECT parts->0->>'text' AS text, count(*)::int AS count FROM posts GROUP BY 1");
  await client.end();
  return Object.fromEntries(rows.map(({ text, count }) => [text, count]));
};

const administrate = async (url: string, ...statements: string[]): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
};

for (const mode of ["session", "transaction"] as const) {
  test(`through PgBouncer in ${mode} mode, as it is delivered, two instances accept 200 posts at once`, async () => {
    test.skip(!findPostgres() || !findPgBouncer(), "PostgreSQL or PgBouncer is not installed here");
    test.setTimeout(180_000);
    const postgres = await startPostgres();
    const bouncer = await startPgBouncer(postgres.port, mode);
    const direct = await postgres.createDatabase("pooled");
    const env = { ...SHARED, DATABASE_URL: bouncer.through(direct) };
    const servers = await Promise.all([startServer({ env }), startServer({ env })]);
    const user = await createUser(servers[0]?.url ?? "");
    const { key } = await user.generateKey();
    const statuses = await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const headers = { ...withKey(key), Prefer: "respond-async" };
        const answer = await ask(servers[index % 2]?.url ?? "", "/v2/posts", {
          headers,
          json: { post: { text: `Post ${index}` } },
        });
        return answer.status === 201 ? 201 : `${answer.status} ${answer.text}`;
      }),
    );
    expect([...new Set(statuses)]).toEqual([201]);
    await expect.poll(async () => Object.values(await countTexts(direct)).length, { timeout: 20_000 }).toBe(200);
    expect(await tryKey(servers[1]?.url ?? "", key)).toBe(200);
    for (const server of servers) await server.stop();
    await bouncer.stop();
    await postgres.stop();
  });
}

test("whoever repeats what nothing was changed by publishes every text once, though the role runs out of connections and the server restarts", async () => {
  test.skip(!findPostgres(), "PostgreSQL is not installed here");
  test.setTimeout(240_000);
  const postgres = await startPostgres();
  const url = await postgres.createDatabase("crowded");
  await administrate(url, "CREATE ROLE crowded LOGIN SUPERUSER");
  const env = { ...SHARED, DATABASE_URL: url.replace("boring@", "crowded@") };
  const servers = await Promise.all([startServer({ env }), startServer({ env })]);
  const user = await createUser(servers[0]?.url ?? "");
  const { key } = await user.generateKey();
  await administrate(
    url,
    "ALTER ROLE crowded NOSUPERUSER CONNECTION LIMIT 14",
    "GRANT pg_read_all_data, pg_write_all_data TO crowded",
  );
  await postgres.restart();
  const unknown = new Set<string>();
  const strange = new Set<string>();
  const publish = async (text: string, which: number): Promise<void> => {
    for (let tries = 0; tries < 200; tries++) {
      const headers = { ...withKey(key), Prefer: "respond-async" };
      const answer = await ask(servers[which % 2]?.url ?? "", "/v2/posts", { headers, json: { post: { text } } });
      if (answer.status === 201) return;
      if (answer.status !== 503) strange.add(`${answer.status} ${answer.text}`);
      if (!answer.text.includes("Nothing was changed")) {
        expect(answer.text).toMatch(/not known.*GET \/v2\/posts.*Idempotency-Key/);
        unknown.add(text);
        return;
      }
      await setTimeout(50);
    }
    strange.add(`${text} was never accepted`);
  };
  const texts = Array.from({ length: 44 }, (_, index) => `Text ${index}`);
  const restarting = setTimeout(300).then(() => postgres.restart());
  await Promise.all(Array.from({ length: 22 }, (_, caller) => publish(texts[caller] ?? "", caller)));
  await restarting;
  await Promise.all([
    ...Array.from({ length: 22 }, (_, caller) => publish(texts[22 + caller] ?? "", caller)),
    postgres.restart(),
  ]);
  expect([...strange]).toEqual([]);
  const counts = await countTexts(url);
  for (const text of texts) {
    if (unknown.has(text)) expect(counts[text] ?? 0, text).toBeLessThanOrEqual(1);
    else expect(counts[text], text).toBe(1);
  }
  for (const server of servers) await server.stop();
  await postgres.stop();
});

test("while PostgreSQL only reads, keys are checked, changes are refused, and the server is not ready", async () => {
  test.skip(!findPostgres(), "PostgreSQL is not installed here");
  test.setTimeout(120_000);
  const postgres = await startPostgres();
  const url = await postgres.createDatabase("reading");
  const server = await startServer({ env: { DATABASE_URL: url } });
  const user = await createUser(server.url);
  const { key } = await user.generateKey();
  const ready = async () => (await fetch(`${server.url}/readyz`)).status;
  expect(await ready()).toBe(200);
  await administrate(url, "ALTER SYSTEM SET default_transaction_read_only = on", "SELECT pg_reload_conf()");
  await expect.poll(ready).toBe(503);
  const answer = await ask(server.url, "/v2/posts", { headers: withKey(key), json: { post: { text: "Hello" } } });
  expect([answer.status, answer.json.message]).toEqual([503, expect.stringContaining("Nothing was changed")]);
  await administrate(
    url,
    "SET default_transaction_read_only = off",
    "ALTER SYSTEM RESET default_transaction_read_only",
    "SELECT pg_reload_conf()",
  );
  await expect.poll(ready).toBe(200);
  expect(
    (await ask(server.url, "/v2/posts", { headers: withKey(key), json: { post: { text: "Hello" } } })).status,
  ).toBe(201);
  await server.stop();
  await postgres.stop();
});

test("a password that is not percent-encoded is told in one sentence that does not hold it", async () => {
  for (const password of ["p#ssw0rd", "p/ssw0rd", "p?ssw0rd"]) {
    const env = { DATABASE_URL: `postgresql://boring:${password}@127.0.0.1:9/boring` };
    const told = await startServer({ env }).then(
      () => "started",
      (error: Error) => error.message,
    );
    expect(told.trim().split("\n").at(-1)).toMatch(/^DATABASE_URL .*percent-encoded/);
    expect(told).not.toContain("ssw0rd");
  }
});
