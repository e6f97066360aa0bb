import { randomUUID } from "node:crypto";
import { ask, withAuthorization, withKey } from "#lib/testing/console/api-client";
import { signInBrowser } from "#lib/testing/console/console-user";
import { startServer } from "#lib/testing/console/start-server";
import { createUser } from "#lib/testing/console/user";
import { findPostgres, startPostgres } from "#lib/testing/postgres/start-postgres";
import en from "../lib/i18n/en.json" with { type: "json" };
import { expect, test } from "./fixtures.ts";
import { NO_REQUESTS, readRequests, readTotals } from "./key-usage.ts";

test("every request of a key is counted under its outcome, in every period", async ({ server, user }) => {
  const { id, key } = await user.generateKey();
  const unused = await user.generateKey("Unused");
  const calls = [
    ...Array.from({ length: 30 }, () => ask(server.url, "/v2/me", { headers: withKey(key) })),
    ask(server.url, "/v2/posts", { json: { post: {} }, headers: withAuthorization(key) }),
    ask(server.url, `/v2/posts/${randomUUID()}`, { headers: withKey(key) }),
  ];
  await Promise.all(calls);
  await expect.poll(() => readTotals(user, id)).toEqual({ ...NO_REQUESTS, ok: 30, client_error: 2 });
  for (const [period, bucket, length] of [
    ["24h", "hour", 24],
    ["7d", "hour", 168],
    ["30d", "day", 30],
  ] as const) {
    const { json } = await user.ask(`/api/keys/${id}/usage?period=${period}`);
    expect(json).toMatchObject({ period, bucket, totals: { ok: 30, client_error: 2 } });
    expect(json.buckets).toHaveLength(length);
  }
  expect((await user.ask(`/api/keys/${id}/usage`)).json.period).toBe("24h");
  expect(await readTotals(user, unused.id)).toEqual(NO_REQUESTS);
});

test("a recent request shows the route's pattern and its request id, and nothing of its query or body", async ({
  server,
  user,
}) => {
  const { id, key } = await user.generateKey();
  const { headers } = await ask(server.url, `/v2/posts/${randomUUID()}?token=hidden-in-query`, {
    headers: { ...withKey(key), "User-Agent": `probe/1.0 ${key}`, "X-Forwarded-For": "203.0.113.9" },
  });
  await ask(server.url, "/v2/posts", { json: { post: { text: "hidden-in-body" } }, headers: withKey(key) });
  await expect.poll(() => readRequests(user, id)).toHaveLength(2);
  const text = (await user.ask(`/api/keys/${id}/requests`)).text;
  for (const hidden of ["hidden-in", key, key.slice(12)]) expect(text).not.toContain(hidden);
  const found = (await readRequests(user, id)).find(({ method }) => method === "GET");
  expect(found).toEqual({
    request_id: headers.get("x-request-id"),
    at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    method: "GET",
    route: "/v2/posts/{postId}",
    status: 400,
    refusal: null,
    milliseconds: expect.any(Number),
    address: expect.stringMatching(/^(127\.0\.0\.1|::1)$/),
    user_agent: "probe/1.0 boring_[removed]",
  });
});

test("refused attempts with a real key are shown apart, each with its reason", async ({ server, user }) => {
  const disabled = await user.generateKey("Disabled");
  await user.updateKey(disabled.id, { is_active: false });
  const elsewhere = await user.generateKey("Elsewhere", { allowed_addresses: ["203.0.113.0/24"] });
  const reader = await user.generateKey("Reader", { scopes: ["posts:read"] });
  const publish = { json: { post: { text: "Hello" } } };
  for (const [{ id, key }, refusal, status] of [
    [disabled, "disabled", 401],
    [elsewhere, "address", 403],
    [reader, "scope", 403],
  ] as const) {
    await ask(server.url, "/v2/posts", { ...publish, headers: withKey(key) });
    await expect.poll(() => readTotals(user, id)).toEqual({ ...NO_REQUESTS, refused: 1 });
    expect(await readRequests(user, id, "?refused=true")).toMatchObject([{ refusal, status }]);
    expect(await readRequests(user, id, "?refused=false")).toEqual([]);
  }
});

test("the list of requests comes in pages whose neighbours keep the filter", async ({ server, user }) => {
  const { id, key } = await user.generateKey();
  for (let index = 0; index < 3; index++) await ask(server.url, "/v2/me", { headers: withKey(key) });
  await expect.poll(() => readRequests(user, id)).toHaveLength(3);
  const { json } = await user.ask(`/api/keys/${id}/requests?refused=false&page_size=2&page=2`);
  const previous = `${server.url}/api/keys/${id}/requests?refused=false&page=1&page_size=2`;
  expect(json).toMatchObject({ count: 3, next: null, previous, results: [{ route: "/v2/me" }] });
});

test("wrong periods and filters are a 400 that names them, wrong pages a 404", async ({ user }) => {
  const { id } = await user.generateKey();
  for (const [path, field] of [
    ["usage?period=1y", "period"],
    ["usage?period=", "period"],
    ["requests?refused=1", "refused"],
    ["requests?page_size=101", "page_size"],
    ["requests?page_size=0", "page_size"],
  ] as const) {
    const { status, json } = await user.ask(`/api/keys/${id}/${path}`);
    expect([path, status, json.fields]).toEqual([path, 400, { [field]: [expect.any(String)] }]);
  }
  for (const page of ["0", "abc", "2", "-1"]) {
    const { status, json } = await user.ask(`/api/keys/${id}/requests?page=${page}`);
    expect([page, status, json.message]).toEqual([page, 404, "Invalid page."]);
  }
});

test("another user's key, an unknown one and a malformed id are one 404, for programs and in the browser", async ({
  context,
  page,
  server,
}) => {
  const { id } = await (await createUser(server.url)).generateKey();
  const stranger = await signInBrowser(context, server.url);
  const answers = new Set<string>();
  for (const target of [id, randomUUID(), "1", "%27"]) {
    for (const what of ["usage", "requests", "requests?refused=true"]) {
      const { status, text } = await stranger.ask(`/api/keys/${target}/${what}`);
      answers.add(`${status} ${text}`);
    }
    expect((await page.goto(`${server.url}/settings/keys/${target}/usage`))?.status()).toBe(404);
    await expect(page.getByRole("heading", { name: en.notFound.title })).toBeVisible();
  }
  expect([...answers]).toEqual(['404 {"error":"NotFound","message":"API key not found"}']);
  for (const what of ["usage", "requests"]) {
    expect((await ask(server.url, `/api/keys/${id}/${what}`)).status).toBe(401);
  }
});

test("a clean stop keeps what was noted a moment before", async () => {
  const first = await startServer();
  const user = await createUser(first.url);
  const { id, key } = await user.generateKey();
  for (let index = 0; index < 5; index++) await ask(first.url, "/v2/me", { headers: withKey(key) });
  expect(await first.stop()).toBe(0);
  const second = await startServer({ dataDir: first.dataDir, port: first.port });
  expect(await readTotals(user, id)).toEqual({ ...NO_REQUESTS, ok: 5 });
  expect(await readRequests(user, id)).toHaveLength(5);
  await second.stop();
});

test("two instances count the requests of one key together", async () => {
  test.skip(!findPostgres(), "PostgreSQL is not installed here, so two instances cannot share one");
  test.setTimeout(300_000);
  const postgres = await startPostgres();
  const env = {
    DATABASE_URL: await postgres.createDatabase("usage"),
    AUTH_SECRET: "a secret that both share, 32 chars",
  };
  const servers = await Promise.all([startServer({ env }), startServer({ env })]);
  const [{ url }, other] = servers;
  const person = await createUser(url);
  const { id, key } = await person.generateKey();
  const call = (index: number) => ask(index % 2 ? url : other.url, "/v2/me", { headers: withKey(key) });
  await Promise.all(Array.from({ length: 60 }, (_, index) => call(index)));
  await expect.poll(() => readTotals(person, id)).toEqual({ ...NO_REQUESTS, ok: 60 });
  await Promise.all(servers.map((server) => server.stop()));
  await postgres.stop();
});
