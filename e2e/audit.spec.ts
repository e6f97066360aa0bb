import { execFile } from "node:child_process";
import path from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { PGlite } from "@electric-sql/pglite";
import en from "../lib/i18n/en.json" with { type: "json" };
import zhTw from "../lib/i18n/zh-TW.json" with { type: "json" };
import { ask, withKey } from "./api-client.ts";
import { lendSession } from "./console-user.ts";
import { expect, test } from "./fixtures.ts";
import { findPostgres, startPostgres } from "./start-postgres.ts";
import { startServer } from "./start-server.ts";
import { createUser, type User } from "./user.ts";

type Event = { id: string; action: string; key: { id: string; name: string } | null; details: Record<string, unknown> };
type List = { count: number; next: string | null; previous: string | null; results: Event[] };

const PROJECT_DIR = path.resolve(import.meta.dirname, "..");

const list = async (user: User, query = ""): Promise<List> => {
  const { status, json, text } = await user.ask(`/api/audit-events${query}`);
  expect(status, text).toBe(200);
  return json as List;
};
const actionsOf = ({ results }: List) => results.map(({ action }) => action);
const patch = (user: User, id: string, json: unknown) => user.ask(`/api/keys/${id}`, { method: "PATCH", json });

/** What an operator sees of `npm run audit:verify`. */
const verify = (env: Record<string, string>, ...args: string[]): Promise<{ code: number; output: string }> =>
  new Promise((resolve) => {
    const options = { cwd: PROJECT_DIR, env: { ...process.env, ...env } };
    execFile(process.execPath, ["scripts/verify-audit.ts", ...args], options, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, output: (stdout + stderr).trim() });
    });
  });

test("everything that a user does is told in order, with who, from where and what", async ({ user }) => {
  const { id } = await user.generateKey("Production");
  await patch(user, id, { name: "Staging", is_active: false });
  await patch(user, id, { is_active: true });
  const { json: made } = await user.ask(`/api/keys/${id}/rotate`, { json: { overlap_seconds: 60 } });
  await user.ask(`/api/keys/${id}/end`, { method: "POST" });
  await user.deleteKey(id);
  const { count, next, previous, results } = await list(user);
  expect({ count, next, previous }).toEqual({ count: 9, next: null, previous: null });
  expect(results.map(({ action, key }) => [action, key?.id])).toEqual([
    ["key.deleted", id],
    ["key.ended", id],
    ["key.generated", made.id],
    ["key.rotated", id],
    ["key.enabled", id],
    ["key.disabled", id],
    ["key.updated", id],
    ["key.generated", id],
    ["session.started", undefined],
  ]);
  expect(results[6]).toMatchObject({
    actor: "user",
    address: "127.0.0.1",
    key: { id, name: "Staging" },
    details: { changes: { name: { from: "Production", to: "Staging" } } },
  });
});

test("a list of events is filtered and paged, and its addresses keep the filter", async ({ server, user }) => {
  const { id } = await user.generateKey("One");
  for (const name of ["Two", "Three", "Four"]) await patch(user, id, { name });
  await user.generateKey("Other");
  expect((await list(user, `?key_id=${id}`)).count).toBe(4);
  expect(actionsOf(await list(user, "?action=session.started"))).toEqual(["session.started"]);
  expect((await list(user, "?to=2025-01-15")).count).toBe(0);
  expect((await list(user, `?from=${new Date().toISOString().slice(0, 10)}`)).count).toBe(6);
  const first = await list(user, "?action=key.updated&page_size=2");
  expect(first).toMatchObject({ count: 3, previous: null });
  expect(first.next).toBe(`${server.url}/api/audit-events?action=key.updated&page_size=2&page=2`);
  const second = await list(user, "?action=key.updated&page_size=2&page=2");
  expect(second.results.map(({ details }) => details)).toEqual([{ changes: { name: { from: "One", to: "Two" } } }]);
});

test("a filter that makes no sense is a 400 that names it, and a page that does not exist a 404", async ({ user }) => {
  for (const [query, field] of [
    ["action=key.stolen", "action"],
    ["key_id=1", "key_id"],
    ["from=yesterday", "from"],
    ["to=2025-02-30", "to"],
    ["to=", "to"],
    ["page_size=101", "page_size"],
  ] as const) {
    const { status, json } = await user.ask(`/api/audit-events?${query}`);
    expect([status, Object.keys(json.fields ?? {})], query).toEqual([400, [field]]);
    if (field === "page_size") continue;
    expect((await user.ask(`/api/audit-events.csv?${query}`)).status).toBe(400);
  }
  for (const page of ["0", "abc", "2"]) {
    const { status, json } = await user.ask(`/api/audit-events?page=${page}`);
    expect([status, json.message], page).toEqual([404, "Invalid page."]);
  }
});

test("nobody sees another user's events, not even by the id of a key", async ({ server, user }) => {
  const { id } = await user.generateKey();
  const stranger = await createUser(server.url);
  expect(actionsOf(await list(stranger))).toEqual(["session.started"]);
  expect((await list(stranger, `?key_id=${id}`)).count).toBe(0);
  expect((await stranger.ask(`/api/audit-events.csv?key_id=${id}`)).text.trim().split("\r\n")).toHaveLength(1);
  for (const path of ["/api/audit-events", "/api/audit-events.csv"]) {
    expect((await ask(server.url, path)).status).toBe(401);
    const foreign = await user.ask(path, { headers: { "Sec-Fetch-Site": "cross-site" } });
    expect(foreign.status).toBe(403);
    expect((await user.ask(path, { method: "DELETE" })).status).toBe(405);
  }
});

test("the file for spreadsheets has the same events, and none of its cells is a formula", async ({ server, user }) => {
  const { id } = await user.generateKey('=HYPERLINK("https://evil.example","金鑰")');
  await user.generateKey("Other");
  const { status, headers, text } = await user.ask(`/api/audit-events.csv?key_id=${id}`);
  expect(status).toBe(200);
  expect(headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(headers.get("content-disposition")).toBe('attachment; filename="audit-events.csv"');
  expect(headers.get("cache-control")).toBe("no-store");
  const [head, line, ...rest] = text.trim().split("\r\n");
  expect(head).toBe("at,action,actor,key_id,key_name,key_preview,session_id,address,user_agent,details,id");
  expect(line).toContain(`key.generated,user,${id},"'=HYPERLINK(""https://evil.example"",""金鑰"")",`);
  expect(rest).toEqual([]);
  const document = (await ask(server.url, "/openapi.json")).json as { paths: Record<string, object> };
  expect(document.paths).toHaveProperty(["/api/audit-events.csv", "get", "responses", "200", "content", "text/csv"]);
});

test("signing out, here and everywhere, stays in the log", async ({ server, user }) => {
  const again = await createUser(server.url, user.email);
  const { sessions } = (await user.ask("/api/sessions")).json as { sessions: { id: string; is_current: boolean }[] };
  const other = sessions.find(({ is_current }) => !is_current)?.id;
  await user.ask(`/api/sessions/${other}`, { method: "DELETE" });
  expect((await again.ask("/api/sessions")).status).toBe(401);
  await user.ask("/api/sessions", { method: "DELETE" });
  const back = await createUser(server.url, user.email);
  expect(actionsOf(await list(back))).toEqual([
    "session.started",
    "session.ended_everywhere",
    "session.ended",
    "session.started",
    "session.started",
  ]);
});

test("a real key that was refused is told once for each reason, a made-up one never", async ({ server, user }) => {
  const me = (key: string) => ask(server.url, "/v2/me", { headers: withKey(key) });
  const { id, key } = await user.generateKey("Gone");
  const elsewhere = await user.generateKey("Elsewhere", { allowed_addresses: ["192.0.2.7"] });
  const reader = await user.generateKey("Reader", { scopes: ["posts:read"] });
  await patch(user, id, { is_active: false });
  for (let times = 0; times < 3; times++) expect((await me(key)).status).toBe(401);
  await user.deleteKey(id);
  expect((await me(key)).status).toBe(401);
  expect((await me("boring_0123456789ABCDEFGHIJabcdefghij3dpHPp")).status).toBe(401);
  expect((await me(elsewhere.key)).status).toBe(403);
  const json = { post: { text: "Hello" } };
  expect((await ask(server.url, "/v2/posts", { json, headers: withKey(reader.key) })).status).toBe(403);
  const refused = async () => {
    const { results } = await list(user, "?action=key.refused");
    return results.map(({ key, details }) => `${key?.name} ${details.reason}`).sort();
  };
  await expect.poll(refused).toEqual(["Elsewhere address", "Gone deleted", "Gone disabled", "Reader scope"]);
  expect((await me(key)).status).toBe(401);
  await user.generateKey("Another");
  expect(await refused()).toHaveLength(4);
});

for (const [locale, text] of [
  ["en", en],
  ["zh-TW", zhTw],
] as const) {
  test(`the Security tab tells what happened, filters without JavaScript and downloads (${locale})`, async ({
    browser,
    server,
    user,
  }) => {
    const context = await browser.newContext({ locale, javaScriptEnabled: false });
    await lendSession(context, server.url, user);
    const { id } = await user.generateKey("Production");
    for (let n = 1; n <= 21; n++) await patch(user, id, { name: `Name ${n}` });
    const { activity, events } = text;
    const page = await context.newPage();
    await page.goto(`${server.url}/account/security`);
    const section = page.getByRole("region", { name: activity.title });
    const rows = section.locator("tbody tr");
    await expect(rows).toHaveCount(20);
    await expect(rows.first()).toContainText(events.sentences["key.updated"].replace("{key}", "Name 21"));
    await expect(rows.first()).toContainText(`${events.members.name}: Name 20 → Name 21`);
    await expect(rows.first()).toContainText("127.0.0.1");
    await section.getByRole("link", { name: activity.older }).click();
    await expect(rows).toHaveCount(3);
    await expect(rows.last()).toContainText(events.sentences["session.started"]);

    await section.getByLabel(activity.action).selectOption(events.actions["key.generated"]);
    await section.getByLabel(activity.key, { exact: true }).selectOption(id);
    await section.getByRole("button", { name: activity.apply }).click();
    await expect(rows).toHaveCount(1);
    expect(new URL(page.url()).searchParams.get("action")).toBe("key.generated");
    await expect(section.getByLabel(activity.key, { exact: true })).toHaveValue(id);
    const href = await section.getByRole("link", { name: activity.download }).getAttribute("href");
    expect((await user.ask(href ?? "")).text.trim().split("\r\n")).toHaveLength(2);

    await section.getByLabel(activity.to).fill("2025-01-15");
    await section.getByRole("button", { name: activity.apply }).click();
    await expect(section.getByText(activity.emptyTitle)).toBeVisible();
    await section.getByRole("link", { name: activity.clear }).click();
    await expect(rows).toHaveCount(20);
    await page.goto(`${server.url}/account/security?action=bogus&page=99`);
    await expect(section.getByText(activity.notUnderstood)).toBeVisible();
    await context.close();
  });
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`the activity is clean for axe and fits 320 pixels (${colorScheme})`, async ({ browser, server, user }) => {
    const context = await browser.newContext({ colorScheme, reducedMotion: "reduce" });
    await lendSession(context, server.url, user);
    const { id } = await user.generateKey("金鑰名稱很長很長".repeat(8));
    const addresses = Array.from({ length: 20 }, (_, n) => `2001:db8:1234:5678:9abc:def0:1234:${n}`);
    await patch(user, id, { name: "x".repeat(64), note: "y".repeat(200), allowed_addresses: addresses });
    const page = await context.newPage();
    for (const query of ["", "?action=key.deleted", "?action=bogus"]) {
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.goto(`${server.url}/account/security${query}`);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
      await page.setViewportSize({ width: 320, height: 700 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    }
    await context.close();
  });
}

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
  test.setTimeout(120_000);
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
      if (n % 10 < 6) return (await patch(user, id, { name: `Name ${n}` })).status;
      if (n % 10 < 8) return (await patch(user, id, { is_active: n % 3 === 0 })).status;
      if (n % 10 === 8) return (await user.ask("/api/keys", { json: { name: `New ${n}` } })).status;
      return (await ask(servers[n % 2]?.url ?? "", "/v2/me", { headers: withKey(key) })).status;
    }),
  );
  expect([...new Set(statuses)].filter((status) => ![200, 201, 401].includes(status))).toEqual([]);
  const events = (await list(first)).count + (await list(second)).count;
  expect(events).toBeGreaterThan(80);
  await Promise.all(servers.map((server) => server.stop()));
  const { code, output } = await verify({ DATABASE_URL: env.DATABASE_URL });
  expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(/^\d+ events, head /) });
  expect(Number.parseInt(output, 10)).toBeGreaterThanOrEqual(events);
  await postgres.stop();
});
