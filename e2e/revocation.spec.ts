import { ask, tryKey, withKey } from "#lib/testing/console/api-client";
import { type RunningServer, startServer } from "#lib/testing/console/start-server";
import { createUser, type GeneratedKey, type User } from "#lib/testing/console/user";
import { findPostgres, type Postgres, startPostgres } from "#lib/testing/postgres/start-postgres";
import { expect, test } from "./fixtures.ts";
import { roomFor } from "./room-for.ts";

const CALLERS = 32;

test.setTimeout(300_000);

/** Callers that ask without a pause, and remember of every accepted request when it was sent. */
const hammer = (url: string, key: string) => {
  const acceptedFrom: number[] = [];
  let isRunning = true;
  const callers = Array.from({ length: CALLERS }, async (_, index) => {
    while (isRunning) {
      const sentAt = performance.now();
      const request = index % 2 ? { json: { post: { text: `From caller ${index}` } } } : {};
      const path = index % 2 ? "/v2/posts" : "/v2/me";
      const { status } = await ask(url, path, { ...request, headers: withKey(key) });
      if (status < 400) acceptedFrom.push(sentAt);
    }
  });
  return {
    acceptedAfter: (moment: number) => acceptedFrom.filter((sentAt) => sentAt > moment).length,
    accepted: () => acceptedFrom.length,
    stop: async () => {
      isRunning = false;
      await Promise.all(callers);
    },
  };
};

const posts = async (user: User, url: string): Promise<unknown> => {
  const { key } = await user.generateKey("Reader");
  return (await ask(url, "/v2/posts", { headers: withKey(key) })).json.count;
};

/** Lets callers hammer, ends the key, and counts what was accepted or written after the answer. */
const expectDeadAtOnce = async (
  urls: { hammered: string; console: string },
  user: User,
  end: (key: GeneratedKey) => Promise<{ status: number }>,
): Promise<void> => {
  const key = await user.generateKey();
  const callers = hammer(urls.hammered, key.key);
  await expect.poll(callers.accepted, { timeout: 30_000 }).toBeGreaterThan(CALLERS * 2);
  const { status } = await end(key);
  const endedAt = performance.now();
  expect(status).toBeLessThan(300);
  const written = await posts(user, urls.console);
  const before = callers.accepted();
  await expect.poll(async () => (await ask(urls.hammered, "/v2/me", { headers: withKey(key.key) })).status).toBe(401);
  await callers.stop();
  expect(before).toBeGreaterThan(0);
  expect(callers.acceptedAfter(endedAt)).toBe(0);
  expect(await posts(user, urls.console)).toBe(written);
};

const disable = (user: User) => (key: GeneratedKey) =>
  user.ask(`/api/keys/${key.id}`, { method: "PATCH", json: { is_active: false } });

// By the time of the end the overlap has begun, and the old key still works.
const endRotation = (user: User) => async (key: GeneratedKey) => {
  await user.ask(`/api/keys/${key.id}/rotate`, { json: { overlap_seconds: 3600 } });
  return user.ask(`/api/keys/${key.id}/end`, { method: "POST", json: {} });
};

const reportTo = (url: string) => (key: GeneratedKey) => ask(url, "/v2/keys/revoke", { json: { keys: [key.key] } });

test.describe("on the embedded database", () => {
  test("nothing is accepted or written after a delete was answered", async ({ server, user }) => {
    await expectDeadAtOnce({ hammered: server.url, console: server.url }, user, (key) => user.deleteKey(key.id));
  });

  test("nothing is accepted or written after a disable was answered", async ({ server, user }) => {
    await expectDeadAtOnce({ hammered: server.url, console: server.url }, user, disable(user));
  });

  test("nothing is accepted or written after the end of a rotation was answered", async ({ server, user }) => {
    await expectDeadAtOnce({ hammered: server.url, console: server.url }, user, endRotation(user));
  });

  test("nothing is accepted or written after a report of a leak was answered", async ({ server, user }) => {
    await expectDeadAtOnce({ hammered: server.url, console: server.url }, user, reportTo(server.url));
  });
});

test.describe("on PostgreSQL, with two instances", () => {
  test.skip(!findPostgres(), "PostgreSQL is not installed here, so two instances cannot share one");
  test.describe.configure({ mode: "default" });
  let postgres: Postgres;
  let servers: RunningServer[];

  test.beforeAll(async () => {
    postgres = await startPostgres();
    const env = {
      DATABASE_URL: await postgres.createDatabase("revocation"),
      AUTH_SECRET: "a secret that both share, 32 chars",
      TRUSTED_PROXIES: "1",
      RATE_LIMIT_PER_MINUTE: "1000000",
    };
    servers = await Promise.all([startServer({ env }), startServer({ env })]);
  });
  test.afterAll(async () => {
    await Promise.all((servers ?? []).map((server) => server.stop()));
    await postgres?.stop();
  });

  for (const [where, hammered] of [
    ["the same instance", 0],
    ["the other instance", 1],
  ] as const) {
    test(`a key deleted on one is dead on ${where}`, async () => {
      const [first, second] = servers.map(({ url }) => url);
      if (!first || !second) throw new Error("two servers are needed");
      const user = await createUser(first);
      await expectDeadAtOnce({ hammered: [first, second][hammered] ?? first, console: first }, user, (key) =>
        user.deleteKey(key.id),
      );
      await expectDeadAtOnce({ hammered: [first, second][hammered] ?? first, console: first }, user, disable(user));
      await expectDeadAtOnce({ hammered: [first, second][hammered] ?? first, console: first }, user, endRotation(user));
      await expectDeadAtOnce({ hammered: [first, second][hammered] ?? first, console: first }, user, reportTo(first));
    });
  }

  test("an address that reports on both instances at once has one limit", async () => {
    const answers = await Promise.all(
      Array.from({ length: 24 }, (_, index) =>
        ask(servers[index % 2]?.url ?? "", "/v2/keys/revoke", {
          json: { keys: [] },
          headers: { "X-Forwarded-For": "2001:db8::1" },
        }),
      ),
    );
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(10);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(14);
  });

  test("a database that goes away is a 503, never an open door, and comes back without help", async () => {
    const url = servers[0]?.url ?? "";
    const user = await createUser(url);
    const { key } = await user.generateKey();
    const me = () => tryKey(url, key);
    expect(await me()).toBe(200);
    const restarting = postgres.restart();
    const during = new Set<number>();
    let isBack = false;
    void restarting.then(() => {
      isBack = true;
    });
    while (!isBack) during.add(await me());
    await expect.poll(me, { timeout: roomFor(5000) }).toBe(200);
    expect([...during].filter((status) => status !== 200 && status !== 503)).toEqual([]);
  });
});
