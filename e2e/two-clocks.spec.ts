import path from "node:path";
import { pathToFileURL } from "node:url";
import pg from "pg";
import { ask, tryKey, UNKNOWN_KEY, withKey } from "#lib/testing/console/api-client";
import { type RunningServer, startServer } from "#lib/testing/console/start-server";
import { createUser, type User } from "#lib/testing/console/user";
import { findPostgres, type Postgres, startPostgres } from "#lib/testing/postgres/start-postgres";
import { listEvents } from "./audit-log.ts";
import { expect, test } from "./fixtures.ts";
import { startReceiver, verifyMessage } from "./start-receiver.ts";

const MINUTE_SECONDS = 60;
const SHIFTER = pathToFileURL(path.join(import.meta.dirname, "shift-clock.ts")).href;
const FAILURES = 5;

test.skip(() => !findPostgres(), "PostgreSQL is not installed here, and the embedded database has the server's clock");

/** The settings of a process whose clock is so much ahead of the database's. */
const shifted = (seconds: number) => ({ NODE_OPTIONS: `--import=${SHIFTER}`, CLOCK_AHEAD_SECONDS: String(seconds) });

/** A moment of the right clock, which is the database's and this process's. */
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
const isNow = (moment: unknown) => Math.abs(Date.parse(String(moment)) - Date.now()) < 30_000;

// Networks and receivers allow five minutes; a sign-in has to be over within fifteen.
for (const ahead of [1, 12, -1, -12]) {
  test.describe(`with a clock ${Math.abs(ahead)} minutes ${ahead < 0 ? "behind" : "ahead of"} the database's`, () => {
    test.describe.configure({ mode: "default" });
    test.setTimeout(180_000);
    let postgres: Postgres;
    let database: pg.Client;
    let server: RunningServer;
    let receiver: Awaited<ReturnType<typeof startReceiver>>;
    let user: User;
    let key: string;

    test.beforeAll(async () => {
      postgres = await startPostgres();
      receiver = await startReceiver();
      const url = await postgres.createDatabase("clocks");
      const env = { DATABASE_URL: url, AUTH_SECRET: "a secret, of 32 characters or more" };
      const more = { OUTBOUND_ALLOWED_HOSTS: `127.0.0.1:${receiver.port}`, ...shifted(ahead * MINUTE_SECONDS) };
      server = await startServer({ env: { ...env, ...more } });
      database = new pg.Client({ connectionString: url });
      await database.connect();
      user = await createUser(server.url);
      key = (await user.generateKey()).key;
    });
    test.afterAll(async () => {
      await server?.stop();
      await database?.end();
      await receiver?.close();
      await postgres?.stop();
    });

    const post = async (more: object, headers: Record<string, string> = {}) =>
      ask(server.url, "/v2/posts", {
        headers: { ...withKey(key), ...headers },
        json: { post: { text: "Hello", ...more } },
      });
    const read = async (id: unknown) =>
      (await ask(server.url, `/v2/posts/${id}`, { headers: withKey(key) })).json as Record<string, string>;
    const dataOf = ({ json }: Awaited<ReturnType<typeof post>>) => json.data as Record<string, string>;

    test("a post for now is published at once, and one for later then and not before", async () => {
      const published = dataOf(await post({}));
      expect([published.status, isNow(published.created_at)]).toEqual(["published", true]);
      expect((await post({ scheduledAt: inSeconds(-1) })).json.data).toMatchObject({ status: "published" });
      const over = await post({ scheduledAt: inSeconds(-11 * MINUTE_SECONDS) });
      expect([over.status, over.text]).toEqual([400, expect.stringContaining("This time is in the past.")]);
      const due = Date.now() + 3000;
      const later = dataOf(await post({ scheduledAt: new Date(due).toISOString() }));
      expect(later.status).toBe("scheduled");
      await expect.poll(async () => (await read(later.id)).status, { timeout: 15_000 }).toBe("published");
      expect(Date.now()).toBeGreaterThanOrEqual(due);
      const { rows } = await database.query("SELECT published_at >= scheduled_at AS late FROM posts WHERE id = $1", [
        later.id,
      ]);
      expect(rows).toEqual([{ late: true }]);
    });

    test("a key ends when it should, is used when it was used, and is listed as it stands", async () => {
      const ends = Date.now() + 4000;
      const { id, key: ending } = await user.generateKey("Ending", { expires_at: inSeconds(4) });
      const isPast = await user.ask("/api/keys", { json: { name: "Past", expires_at: inSeconds(-30) } });
      expect(isPast.status).toBe(400);
      expect(await tryKey(server.url, ending)).toBe(200);
      const detail = async () => (await user.ask(`/api/keys/${id}`)).json;
      expect((await detail()).status).toBe("active");
      await expect.poll(() => tryKey(server.url, ending), { timeout: 15_000 }).toBe(401);
      expect(Date.now()).toBeGreaterThanOrEqual(ends - 1000);
      await expect.poll(async () => (await detail()).last_used_at).not.toBeNull();
      const { status, created_at, last_used_at } = await detail();
      expect([status, isNow(created_at), isNow(last_used_at)]).toEqual(["expired", true, true]);
      expect(Date.parse(String(last_used_at))).toBeLessThanOrEqual(Date.now());
      for (const { at } of (await listEvents(user)).results) expect(isNow(at)).toBe(true);
    });

    test("a repeated request is the same one for a day of the database's", async () => {
      const again = { "Idempotency-Key": "the same" };
      const generate = async () =>
        (await user.ask("/api/keys", { headers: again, json: { name: "Once" } })).json.id as string;
      const first = [dataOf(await post({}, again)).id, await generate()];
      await database.query("UPDATE idempotency_keys SET created_at = now() - interval '23 hours 55 minutes'");
      expect([dataOf(await post({}, again)).id, await generate()]).toEqual(first);
      await database.query("UPDATE idempotency_keys SET created_at = now() - interval '24 hours 5 minutes'");
      const [otherPost, otherKey] = [dataOf(await post({}, again)).id, await generate()];
      expect([otherPost === first[0], otherKey === first[1]]).toEqual([false, false]);
    });

    test("a session ends when the database says so", async () => {
      const other = await createUser(server.url);
      const { sessions } = (await other.ask("/api/sessions")).json as { sessions: Record<string, string>[] };
      expect(sessions.map(({ created_at, last_seen_at }) => [isNow(created_at), isNow(last_seen_at)])).toEqual([
        [true, true],
      ]);
      const endIn = (minutes: number) =>
        database.query(
          `UPDATE sessions SET expires_at = now() + make_interval(mins => $1)
           WHERE user_id = (SELECT id FROM users WHERE email = $2)`,
          [minutes, other.email],
        );
      await endIn(10);
      expect((await other.ask("/api/keys")).status).toBe(200);
      await endIn(-10);
      expect((await other.ask("/api/keys")).status).toBe(401);
    });

    test("what is signed carries a moment that receivers take", async () => {
      receiver.messages.length = 0;
      const hook = (await user.ask("/api/webhooks", { json: { url: receiver.url, events: ["post.published"] } })).json;
      await post({});
      await expect.poll(() => receiver.messages.length).toBe(1);
      // The official library refuses what is five minutes off.
      expect(verifyMessage(hook.secret, receiver.messages[0])).toMatchObject({ type: "post.published" });
      await user.ask(`/api/webhooks/${hook.id}`, { method: "DELETE" });
      const fields = { url: receiver.url };
      const account = (await user.ask("/api/accounts", { json: { network: "webhook", fields } })).json as {
        account_id: string;
        shown: { signing_secret: string };
      };
      await post({ accountId: account.account_id });
      await expect.poll(() => receiver.messages.length).toBe(3);
      for (const message of receiver.messages.slice(1)) verifyMessage(account.shown.signing_secret, message);
    });
  });
}

test("instances whose clocks differ count wrong keys together", async () => {
  test.setTimeout(180_000);
  const postgres = await startPostgres();
  const url = await postgres.createDatabase("failures");
  const env = { DATABASE_URL: url, AUTH_SECRET: "a secret that both share, 32 chars" };
  const limited = { ...env, FAILED_AUTH_PER_MINUTE: String(FAILURES) };
  const late = await startServer({ env: { ...limited, ...shifted(-20 * MINUTE_SECONDS) } });
  const right = await startServer({ env: limited });
  const statuses = [];
  for (let tried = 0; tried < FAILURES; tried++) statuses.push(await tryKey(late.url, UNKNOWN_KEY));
  for (const { url: other } of [right, late]) statuses.push(await tryKey(other, UNKNOWN_KEY));
  expect(statuses).toEqual([...Array.from({ length: FAILURES }, () => 401), 429, 429]);
  await Promise.all([late.stop(), right.stop()]);
  await postgres.stop();
});
