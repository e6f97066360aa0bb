import { randomUUID } from "node:crypto";
import { AxeBuilder } from "@axe-core/playwright";
import en from "../lib/i18n/en.json" with { type: "json" };
import zhTw from "../lib/i18n/zh-TW.json" with { type: "json" };
import { ask, withAuthorization, withKey } from "./api-client.ts";
import { signInBrowser } from "./console-user.ts";
import { expect, test } from "./fixtures.ts";
import { startServer } from "./start-server.ts";
import { createUser, type User } from "./user.ts";

type Counts = Record<"ok" | "client_error" | "server_error" | "limited" | "refused", number>;

const NONE: Counts = { ok: 0, client_error: 0, server_error: 0, limited: 0, refused: 0 };

const totals = async (user: User, id: string, period = "24h") =>
  (await user.ask(`/api/keys/${id}/usage?period=${period}`)).json.totals as Counts;

const requests = async (user: User, id: string, query = "") =>
  (await user.ask(`/api/keys/${id}/requests${query}`)).json.results as Record<string, unknown>[];

test("every request of a key is counted under its outcome, in every period", async ({ server, user }) => {
  const { id, key } = await user.generateKey();
  const unused = await user.generateKey("Unused");
  const calls = [
    ...Array.from({ length: 30 }, () => ask(server.url, "/v2/me", { headers: withKey(key) })),
    ask(server.url, "/v2/posts", { json: { post: {} }, headers: withAuthorization(key) }),
    ask(server.url, `/v2/posts/${randomUUID()}`, { headers: withKey(key) }),
  ];
  await Promise.all(calls);
  await expect.poll(() => totals(user, id)).toEqual({ ...NONE, ok: 30, client_error: 2 });
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
  expect(await totals(user, unused.id)).toEqual(NONE);
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
  await expect.poll(() => requests(user, id)).toHaveLength(2);
  const text = (await user.ask(`/api/keys/${id}/requests`)).text;
  for (const hidden of ["hidden-in", key, key.slice(12)]) expect(text).not.toContain(hidden);
  const found = (await requests(user, id)).find(({ method }) => method === "GET");
  expect(found).toEqual({
    request_id: headers.get("x-request-id"),
    at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    method: "GET",
    route: "/v2/posts/{postId}",
    status: 404,
    refusal: null,
    milliseconds: expect.any(Number),
    address: expect.stringMatching(/^(127\.0\.0\.1|::1)$/),
    user_agent: "probe/1.0 boring_[removed]",
  });
});

test("refused attempts with a real key are shown apart, each with its reason", async ({ server, user }) => {
  const disabled = await user.generateKey("Disabled");
  await user.ask(`/api/keys/${disabled.id}`, { method: "PATCH", json: { is_active: false } });
  const elsewhere = await user.generateKey("Elsewhere", { allowed_addresses: ["203.0.113.0/24"] });
  const reader = await user.generateKey("Reader", { scopes: ["posts:read"] });
  const publish = { json: { post: { text: "Hello" } } };
  for (const [{ id, key }, refusal, status] of [
    [disabled, "disabled", 401],
    [elsewhere, "address", 403],
    [reader, "scope", 403],
  ] as const) {
    await ask(server.url, "/v2/posts", { ...publish, headers: withKey(key) });
    await expect.poll(() => totals(user, id)).toEqual({ ...NONE, refused: 1 });
    expect(await requests(user, id, "?refused=true")).toMatchObject([{ refusal, status }]);
    expect(await requests(user, id, "?refused=false")).toEqual([]);
  }
});

test("the list of requests comes in pages whose neighbours keep the filter", async ({ server, user }) => {
  const { id, key } = await user.generateKey();
  for (let index = 0; index < 3; index++) await ask(server.url, "/v2/me", { headers: withKey(key) });
  await expect.poll(() => requests(user, id)).toHaveLength(3);
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
  expect(await totals(user, id)).toEqual({ ...NONE, ok: 5 });
  expect(await requests(user, id)).toHaveLength(5);
  await second.stop();
});

test("an installation that keeps no usage notes nothing, and its page says why", async ({ context, page }) => {
  const server = await startServer({ env: { USAGE_RETENTION_DAYS: "0" } });
  const user = await signInBrowser(context, server.url);
  const { id, key } = await user.generateKey();
  await ask(server.url, "/v2/me", { headers: withKey(key) });
  await server.stop();
  const again = await startServer({ dataDir: server.dataDir, port: server.port, env: { USAGE_RETENTION_DAYS: "0" } });
  expect(await totals(user, id)).toEqual(NONE);
  await page.goto(`${again.url}/settings/keys/${id}/usage`);
  await expect(page.getByText(en.usage.offTitle)).toBeVisible();
  await again.stop();
});

test("the page says how many requests there were, in words, numbers and rows", async ({ context, page, server }) => {
  const user = await signInBrowser(context, server.url);
  const { id, key } = await user.generateKey("Production");
  await page.goto(`${server.url}/settings/keys/${id}/usage`);
  await expect(page.getByText(en.usage.emptyTitle)).toBeVisible();

  for (let index = 0; index < 21; index++) await ask(server.url, "/v2/me", { headers: withKey(key) });
  await expect.poll(async () => (await totals(user, id)).ok).toBe(21);
  await ask(server.url, `/v2/posts/${randomUUID()}`, { headers: withKey(key) });
  await user.ask(`/api/keys/${id}`, { method: "PATCH", json: { is_active: false } });
  await ask(server.url, "/v2/me", { headers: withKey(key) });
  await expect.poll(() => totals(user, id)).toEqual({ ...NONE, ok: 21, client_error: 1, refused: 1 });

  await page.reload();
  await expect(page.getByText("Requests in the last 24 hours: 22, of which successful: 21.")).toBeVisible();
  await page.getByText(en.usage.asTable).click();
  const cells = page.getByRole("table").first().getByRole("row").nth(1).getByRole("cell");
  await expect(cells).toHaveText(["21", "1", "0", "0", "1"]);

  await page.getByRole("link", { name: en.usage.older }).click();
  await expect(page.getByText("Page 2 of 2")).toBeVisible();
  await page.getByRole("link", { name: en.usage.days30 }).click();
  await expect(page).toHaveURL(/\?period=30d$/);
  await page.getByRole("navigation", { name: en.usage.filter }).getByRole("link", { name: "Refused" }).click();
  await expect(page).toHaveURL(/\?period=30d&show=refused$/);
  await expect(page.getByText(en.usage.refusals.disabled)).toHaveCount(1);
  await expect(page.getByRole("table").last().getByRole("row")).toHaveCount(2);
  expect((await page.goto(`${server.url}/settings/keys/${id}/usage?page=9`))?.status()).toBe(404);
});

for (const [locale, text] of [
  ["en", en],
  ["zh-TW", zhTw],
] as const) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`the usage page is clean for axe and fits 320 pixels (${locale}, ${colorScheme})`, async ({
      browser,
      server,
    }) => {
      const context = await browser.newContext({ locale, colorScheme, reducedMotion: "reduce" });
      const page = await context.newPage();
      const user = await signInBrowser(context, server.url);
      const { id, key } = await user.generateKey("金鑰名稱很長很長".repeat(5));
      await ask(server.url, "/v2/me", { headers: { ...withKey(key), "User-Agent": "long".repeat(60) } });
      await ask(server.url, "/v2/posts", { json: {}, headers: withKey(key) });
      await user.ask(`/api/keys/${id}`, { method: "PATCH", json: { is_active: false } });
      await ask(server.url, "/v2/me", { headers: withKey(key) });
      await expect.poll(() => requests(user, id)).toHaveLength(3);
      for (const query of ["", "?period=7d", "?period=30d&show=refused"]) {
        await page.setViewportSize({ width: 1280, height: 900 });
        await page.goto(`${server.url}/settings/keys/${id}/usage${query}`);
        await page.getByText(text.usage.asTable).click();
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map((violation) => [violation.id, violation.nodes[0]?.html])).toEqual([]);
        await page.setViewportSize({ width: 320, height: 700 });
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
      }
      await context.close();
    });
  }
}
