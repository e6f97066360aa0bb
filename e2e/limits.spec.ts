import { type Ask, ask, UNKNOWN_KEY, withAuthorization, withKey } from "#lib/testing/console/api-client";
import type { Answer } from "#lib/testing/console/expect-documented";
import { type RunningServer, startServer } from "#lib/testing/console/start-server";
import { createUser, type User } from "#lib/testing/console/user";
import { findPostgres, type Postgres, startPostgres } from "#lib/testing/postgres/start-postgres";
import { expect, test } from "./fixtures.ts";

const FAILURES = 30;

const limitOf = ({ headers }: Answer) =>
  ["limit", "remaining", "reset", "policy"].map((name) => headers.get(`ratelimit-${name}`));

const me = (url: string, headers: Record<string, string>) => ask(url, "/v2/me", { headers });

const together = (count: number, call: (index: number) => Promise<Answer>) =>
  Promise.all(Array.from({ length: count }, (_, index) => call(index)));

const withStatus = (answers: Answer[], status: number) => answers.filter((answer) => answer.status === status);

const from = (address: string, key: string) => ({ ...withKey(key), "X-Forwarded-For": address });

test.describe("the limits of one server", () => {
  test.describe.configure({ mode: "default" });
  let server: RunningServer;
  let user: User;

  test.beforeAll(async () => {
    const env = { RATE_LIMIT_PER_MINUTE: "600", FAILED_AUTH_PER_MINUTE: String(FAILURES), TRUSTED_PROXIES: "1" };
    server = await startServer({ env });
    user = await createUser(server.url);
  });
  test.afterAll(() => server.stop());

  test("every answer for a key tells the limit of the installation, or the key's own where it is lower", async () => {
    const usual = await user.generateKey();
    const lower = await user.generateKey("Slow", { rate_limit_per_minute: 20 });
    const reader = await user.generateKey("Reader", { scopes: ["posts:read"], rate_limit_per_minute: 6 });
    expect(limitOf(await me(server.url, withKey(usual.key)))).toEqual(["600", "599", "1", "600;w=60"]);
    expect(limitOf(await me(server.url, withKey(lower.key)))).toEqual(["20", "19", "3", "20;w=60"]);
    const request: Ask = { json: {}, headers: withKey(reader.key) };
    const forbidden = await ask(server.url, "/v2/posts", request);
    expect([forbidden.status, ...limitOf(forbidden)]).toEqual([403, "6", "5", "10", "6;w=60"]);
    const invalid = await ask(server.url, "/v2/posts", { json: {}, headers: withKey(lower.key) });
    expect([invalid.status, limitOf(invalid)[0]]).toEqual([400, "20"]);
    expect(limitOf(await me(server.url, {}))).toEqual([null, null, null, null]);
  });

  test("beyond its limit a key is a 429 in both dialects, which is no use of it", async () => {
    const { id, key } = await user.generateKey("Twice", { rate_limit_per_minute: 2 });
    const answers = await together(8, () => me(server.url, withKey(key)));
    expect([withStatus(answers, 200).length, withStatus(answers, 429).length]).toEqual([2, 6]);
    const refused = await me(server.url, withKey(key));
    const wait = Number(refused.headers.get("retry-after"));
    expect(wait).toBeGreaterThanOrEqual(1);
    expect(wait).toBeLessThanOrEqual(30);
    expect(refused.json).toEqual({
      error: "RateLimitExceeded",
      message: "This API key may make 2 requests a minute. Try again later.",
      retry_after: wait,
    });
    expect(limitOf(refused).slice(0, 2)).toEqual(["2", "0"]);
    const detail = await me(server.url, withAuthorization(key));
    expect(detail.json).toEqual({
      detail: "This API key may make 2 requests a minute. Try again later.",
      retry_after: Number(detail.headers.get("retry-after")),
    });
    const post = await ask(server.url, "/v2/posts", { json: { post: { text: "Hello" } }, headers: withKey(key) });
    expect(post.status).toBe(429);
    const once = await user.generateKey("Once", { rate_limit_per_minute: 1, scopes: ["posts:read"] });
    const write: Ask = { json: {}, headers: withKey(once.key) };
    expect((await ask(server.url, "/v2/posts", write)).status).toBe(403);
    expect((await ask(server.url, "/v2/posts", write)).status).toBe(429);
    const listed = (await user.ask("/api/keys")).json.keys as Record<string, unknown>[];
    expect(listed.find((one) => one.id === once.id)?.last_used_at).toBeNull();
    expect(listed.some((one) => one.id === id)).toBe(true);
  });

  test("a key that was refused is accepted after as many seconds as it was told", async () => {
    const { key } = await user.generateKey("Patient", { rate_limit_per_minute: 40 });
    await together(40, () => me(server.url, withKey(key)));
    let refused = await me(server.url, withKey(key));
    while (refused.status === 200) refused = await me(server.url, withKey(key));
    const due = performance.now() + Number(refused.headers.get("retry-after")) * 1000;
    await expect.poll(() => performance.now(), { intervals: [50] }).toBeGreaterThanOrEqual(due);
    expect((await me(server.url, withKey(key))).status).toBe(200);
  });

  test("a changed limit counts at once", async () => {
    const { id, key } = await user.generateKey("Changing", { rate_limit_per_minute: 500 });
    expect(limitOf(await me(server.url, withKey(key)))[0]).toBe("500");
    await user.ask(`/api/keys/${id}`, { method: "PATCH", json: { rate_limit_per_minute: 1 } });
    expect(limitOf(await me(server.url, withKey(key))).slice(0, 2)).toEqual(["1", "0"]);
    expect((await me(server.url, withKey(key))).status).toBe(429);
  });

  test("a source that failed too often is a 429 in both dialects, whatever is wrong with the key", async () => {
    const wrong = [UNKNOWN_KEY, "boring_x", `${UNKNOWN_KEY.slice(0, -1)}q`];
    const answers = await together(FAILURES * 2, (index) =>
      me(server.url, from("192.0.2.1", wrong[index % wrong.length] ?? "")),
    );
    expect([withStatus(answers, 401).length, withStatus(answers, 429).length]).toEqual([FAILURES, FAILURES]);
    const refused = await me(server.url, from("192.0.2.1", UNKNOWN_KEY));
    const wait = Number(refused.headers.get("retry-after"));
    expect(wait).toBeGreaterThanOrEqual(1);
    expect(wait).toBeLessThanOrEqual(60);
    const message = "Too many failed attempts from this address. Try again later.";
    expect(refused.json).toEqual({ error: "RateLimitExceeded", message, retry_after: wait });
    const headers = { ...withAuthorization("boring_x"), "X-Forwarded-For": "192.0.2.1" };
    const detail = await me(server.url, headers);
    expect([detail.status, detail.json.detail]).toEqual([429, message]);
  });

  test("a good key from a source that failed too often is accepted, and other sources are not told to wait", async () => {
    const { key } = await user.generateKey();
    await together(FAILURES + 1, () => me(server.url, from("192.0.2.2", UNKNOWN_KEY)));
    expect((await me(server.url, from("192.0.2.2", UNKNOWN_KEY))).status).toBe(429);
    expect((await me(server.url, from("192.0.2.2", key))).status).toBe(200);
    expect((await me(server.url, from("192.0.2.3", UNKNOWN_KEY))).status).toBe(401);
  });

  test("the addresses of one IPv6 /64 are one source, and what a client adds in front changes nothing", async () => {
    const answers = await together(FAILURES * 2, (index) =>
      me(server.url, from(`198.51.100.${index}, 2001:db8:1:2::${index.toString(16)}`, UNKNOWN_KEY)),
    );
    expect(withStatus(answers, 401)).toHaveLength(FAILURES);
    expect((await me(server.url, from("2001:db8:1:2:ffff:1:2:3", UNKNOWN_KEY))).status).toBe(429);
    expect((await me(server.url, from("2001:db8:1:3::1", UNKNOWN_KEY))).status).toBe(401);
  });
});

test("without a trusted proxy a client cannot choose its source", async () => {
  const server = await startServer({ env: { FAILED_AUTH_PER_MINUTE: "3" } });
  const answers = await together(6, (index) =>
    me(server.url, { ...from(`192.0.2.${index}`, UNKNOWN_KEY), Forwarded: `for=192.0.2.${index}` }),
  );
  expect(withStatus(answers, 401)).toHaveLength(3);
  await server.stop();
});

test.describe("on PostgreSQL, with two instances", () => {
  test.skip(!findPostgres(), "PostgreSQL is not installed here, so two instances cannot share one");
  test.describe.configure({ mode: "default" });
  test.setTimeout(300_000);
  let postgres: Postgres;
  let servers: RunningServer[];
  let user: User;

  test.beforeAll(async () => {
    postgres = await startPostgres();
    const env = {
      DATABASE_URL: await postgres.createDatabase("limits"),
      AUTH_SECRET: "a secret that both share, 32 chars",
      FAILED_AUTH_PER_MINUTE: String(FAILURES),
      RATE_LIMIT_PER_MINUTE: "600",
    };
    servers = await Promise.all([startServer({ env }), startServer({ env })]);
    user = await createUser(urlOf(0));
  });
  test.afterAll(async () => {
    await Promise.all((servers ?? []).map((server) => server.stop()));
    await postgres?.stop();
  });

  const urlOf = (index: number) => servers[index % servers.length]?.url ?? "";

  for (const limit of [1, 30, 600]) {
    test(`four times a limit of ${limit} at once, spread over both, is accepted no more often than the limit`, async () => {
      const { key } = await user.generateKey("Shared", { rate_limit_per_minute: limit });
      const startedAt = performance.now();
      const answers = await together(4 * limit, (index) => me(urlOf(index), withKey(key)));
      const refilled = ((performance.now() - startedAt) / 60_000) * limit;
      const accepted = withStatus(answers, 200).length;
      expect(accepted).toBeLessThanOrEqual(limit + refilled);
      expect(accepted).toBeGreaterThanOrEqual(limit);
      expect(withStatus(answers, 429)).toHaveLength(4 * limit - accepted);
    });
  }

  test("both count the failures of a source together", async () => {
    const answers = await together(FAILURES * 4, (index) => me(urlOf(index), withKey(UNKNOWN_KEY)));
    expect(withStatus(answers, 401)).toHaveLength(FAILURES);
    expect(withStatus(answers, 429)).toHaveLength(FAILURES * 3);
  });

  test("a database that is away is a 503 for good keys and still a refusal for bad ones, and nobody hangs", async () => {
    const { key } = await user.generateKey();
    expect((await me(urlOf(0), withKey(key))).status).toBe(200);
    const restarting = postgres.restart();
    const during = await together(20, () => me(urlOf(0), withKey(key)));
    const malformed = await me(urlOf(0), withKey("boring_x"));
    await restarting;
    for (const { status } of during) expect([200, 503]).toContain(status);
    expect([401, 429]).toContain(malformed.status);
    await expect.poll(async () => (await me(urlOf(0), withKey(key))).status, { timeout: 30_000 }).toBe(200);
  });
});
