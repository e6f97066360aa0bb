import { ask, tryKey, UNKNOWN_KEY, withKey } from "#lib/testing/console/api-client";
import { createUser } from "#lib/testing/console/user";
import { type EventPage, listEvents } from "./audit-log.ts";
import { expect, test } from "./fixtures.ts";

const actionsOf = ({ results }: EventPage) => results.map(({ action }) => action);

test("everything that a user does is told in order, with who, from where and what", async ({ user }) => {
  const { id } = await user.generateKey("Production");
  await user.updateKey(id, { name: "Staging", is_active: false });
  await user.updateKey(id, { is_active: true });
  const { json: made } = await user.ask(`/api/keys/${id}/rotate`, { json: { overlap_seconds: 60 } });
  await user.ask(`/api/keys/${id}/end`, { method: "POST" });
  await user.deleteKey(id);
  const { count, next, previous, results } = await listEvents(user);
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
  for (const name of ["Two", "Three", "Four"]) await user.updateKey(id, { name });
  await user.generateKey("Other");
  expect((await listEvents(user, `?key_id=${id}`)).count).toBe(4);
  expect(actionsOf(await listEvents(user, "?action=session.started"))).toEqual(["session.started"]);
  expect((await listEvents(user, "?to=2025-01-15")).count).toBe(0);
  expect((await listEvents(user, `?from=${new Date().toISOString().slice(0, 10)}`)).count).toBe(6);
  const first = await listEvents(user, "?action=key.updated&page_size=2");
  expect(first).toMatchObject({ count: 3, previous: null });
  expect(first.next).toBe(`${server.url}/api/audit-events?action=key.updated&page_size=2&page=2`);
  const second = await listEvents(user, "?action=key.updated&page_size=2&page=2");
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
  expect(actionsOf(await listEvents(stranger))).toEqual(["session.started"]);
  expect((await listEvents(stranger, `?key_id=${id}`)).count).toBe(0);
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
  expect(head).toBe(
    "at,action,actor,key_id,key_name,key_preview,session_id,address,user_agent,details,id,actor_id,actor_name,actor_email",
  );
  expect(line).toMatch(new RegExp(`,[0-9a-f-]{36},[^,]*,${user.email}$`));
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
  expect(actionsOf(await listEvents(back))).toEqual([
    "session.started",
    "session.ended_everywhere",
    "session.ended",
    "session.started",
    "session.started",
  ]);
});

test("a real key that was refused is told once for each reason, a made-up one never", async ({ server, user }) => {
  const me = (key: string) => tryKey(server.url, key);
  const { id, key } = await user.generateKey("Gone");
  const elsewhere = await user.generateKey("Elsewhere", { allowed_addresses: ["192.0.2.7"] });
  const reader = await user.generateKey("Reader", { scopes: ["posts:read"] });
  await user.updateKey(id, { is_active: false });
  for (let times = 0; times < 3; times++) expect(await me(key)).toBe(401);
  await user.deleteKey(id);
  expect(await me(key)).toBe(401);
  expect(await me(UNKNOWN_KEY)).toBe(401);
  expect(await me(elsewhere.key)).toBe(403);
  const json = { post: { text: "Hello" } };
  expect((await ask(server.url, "/v2/posts", { json, headers: withKey(reader.key) })).status).toBe(403);
  const refused = async () => {
    const { results } = await listEvents(user, "?action=key.refused");
    return results.map(({ key, details }) => `${key?.name} ${details.reason}`).sort();
  };
  await expect.poll(refused).toEqual(["Elsewhere address", "Gone deleted", "Gone disabled", "Reader scope"]);
  expect(await me(key)).toBe(401);
  await user.generateKey("Another");
  expect(await refused()).toHaveLength(4);
});
