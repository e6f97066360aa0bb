import { ask, tryKey, withAuthorization, withKey } from "#lib/testing/console/api-client";
import { lendSession } from "#lib/testing/console/console-user";
import en from "../lib/i18n/en.json" with { type: "json" };
import zhTw from "../lib/i18n/zh-TW.json" with { type: "json" };
import { expect, test } from "./fixtures.ts";
import { withOwnServer } from "./with-own-server.ts";

const inSeconds = (seconds: number) => `${new Date(Date.now() + seconds * 1000).toISOString().slice(0, 19)}Z`;

withOwnServer({}, (own) => {
  const me = (key: string) => ask(own.server.url, "/v2/me", { headers: withKey(key) });
  const post = (key: string) =>
    ask(own.server.url, "/v2/posts", { json: { post: { text: "Hello" } }, headers: withKey(key) });
  const list = (key: string) => ask(own.server.url, "/v2/posts", { headers: withKey(key) });
  const patch = (id: string, changes: unknown) => own.user.updateKey(id, changes);

  test("a key does what its scopes say; beyond them it is a 403 that names the scope, in both dialects", async () => {
    const reader = await own.user.generateKey("Reader", { scopes: ["posts:read"] });
    const writer = await own.user.generateKey("Writer", { scopes: ["posts:write"] });
    expect((await list(reader.key)).status).toBe(200);
    expect((await post(writer.key)).status).toBe(201);
    const refused = await post(reader.key);
    expect(refused.status).toBe(403);
    expect(refused.json).toEqual({
      error: "InsufficientPermissions",
      message: "This API key lacks the scope posts:write.",
    });
    const headers = withAuthorization(writer.key);
    const other = await ask(own.server.url, "/v2/posts", { headers });
    expect(other.status).toBe(403);
    expect(other.json).toEqual({ detail: "This API key lacks the scope posts:read." });
    expect((await me(writer.key)).status).toBe(200);
  });

  test("a scope is checked before anything is looked up or read", async () => {
    const { key } = await own.user.generateKey("Writer", { scopes: ["accounts:read"] });
    expect((await ask(own.server.url, "/v2/posts/nonsense", { headers: withKey(key) })).status).toBe(403);
    expect((await ask(own.server.url, "/v2/posts", { body: "{", headers: withKey(key) })).status).toBe(403);
  });

  test("a key is accepted from its addresses alone; elsewhere it is a 403 and last used stays", async () => {
    const { id, key } = await own.user.generateKey("Here", { allowed_addresses: ["192.0.2.0/24"] });
    const refused = await me(key);
    expect(refused.status).toBe(403);
    expect(refused.json).toMatchObject({ error: "Forbidden", message: expect.stringContaining("127.0.0.1") });
    const forged = { ...withKey(key), "X-Forwarded-For": "192.0.2.7", Forwarded: "for=192.0.2.7" };
    expect((await ask(own.server.url, "/v2/me", { headers: forged })).status).toBe(403);
    const answer = await patch(id, { allowed_addresses: ["192.0.2.7", "::ffff:127.0.0.9/104", "192.0.2.7/32"] });
    expect(answer.json).toMatchObject({ allowed_addresses: ["192.0.2.7", "127.0.0.0/8"], last_used_at: null });
    expect((await me(key)).status).toBe(200);
    await patch(id, { allowed_addresses: [] });
    expect((await me(key)).status).toBe(200);
  });

  test("addresses that allow what they must are taken, and nothing else is changed by saying so", async () => {
    const { id } = await own.user.generateKey();
    for (const allowed_addresses of [["192.0.2.0/24", "::1"], ["::ffff:192.0.2.7"], []]) {
      expect((await patch(id, { allowed_addresses, must_allow: "192.0.2.7" })).status).toBe(200);
    }
    const alone = await patch(id, { must_allow: "192.0.2.7" });
    expect([alone.status, alone.json.fields]).toEqual([400, { body: [expect.any(String)] }]);
  });

  test("a key that will expire says when with every answer, and is refused from then on", async () => {
    const expires_at = inSeconds(3600);
    const { id, key } = await own.user.generateKey("Short", { expires_at, scopes: ["posts:read"] });
    for (const answer of [await me(key), await list(key), await post(key)]) {
      expect(answer.headers.get("x-api-key-expires-at")).toBe(expires_at);
    }
    expect((await me(key)).json).toMatchObject({ expires_at });
    expect((await me(own.key)).headers.has("x-api-key-expires-at")).toBe(false);
    const { json: made } = await own.user.ask(`/api/keys/${id}/rotate`, { json: { overlap_seconds: 0 } });
    const refused = await me(key);
    expect([refused.status, refused.headers.get("x-auth-error")]).toEqual([401, "expired"]);
    const detail = await ask(own.server.url, "/v2/me", { headers: withAuthorization(key) });
    expect(detail.json).toEqual({ detail: "Authentication credentials were not provided." });
    expect((await list(String(made.key))).status).toBe(200);
  });

  test("the times of an expiry are compared as instants, whatever their zone", async () => {
    const soon = new Date(Date.now() + 3600_000).toISOString().slice(0, 19);
    const elsewhere = new Date(Date.parse(`${soon}Z`) + 8 * 3600_000).toISOString().slice(0, 19);
    const { json } = await patch((await own.user.generateKey()).id, { expires_at: `${elsewhere}+08:00` });
    expect(json.expires_at).toBe(`${soon}Z`);
    const behind = new Date(Date.now() + 3600_000).toISOString().slice(0, 19);
    const past = await patch((await own.user.generateKey()).id, { expires_at: `${behind}+08:00` });
    expect(past.json).toMatchObject({ fields: { expires_at: ["Choose a time in the future."] } });
  });

  test("a rotation shows the new key once, keeps the old one for the overlap, and can be ended", async () => {
    const old = await own.user.generateKey("Production");
    const { status, json, headers } = await own.user.ask(`/api/keys/${old.id}/rotate`, { json: {} });
    expect(status).toBe(201);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(json).toMatchObject({ name: "Production", replaces: old.id });
    expect([(await me(old.key)).status, (await me(String(json.key))).status]).toEqual([200, 200]);
    const listed = (await own.user.ask("/api/keys")).json.keys as Record<string, unknown>[];
    const row = listed.find(({ id }) => id === old.id);
    expect(row).toMatchObject({ replaced_by: json.id, status: "active" });
    const left = Date.parse(String(row?.expires_at)) - Date.now();
    expect(left / 3600_000).toBeCloseTo(24, 1);
    const later = await patch(old.id, { expires_at: inSeconds(30 * 86_400) });
    expect([later.status, later.json.error]).toEqual([409, "InvalidState"]);
    expect((await own.user.ask(`/api/keys/${old.id}/end`, { json: {} })).json).toMatchObject({ status: "expired" });
    expect((await me(old.key)).headers.get("x-auth-error")).toBe("expired");
    expect((await me(String(json.key))).status).toBe(200);
  });

  for (const [body, field] of [
    [{ scopes: [] }, "scopes"],
    [{ scopes: ["posts:delete"] }, "scopes.0"],
    [{ scopes: ["*", "posts:read"] }, "scopes"],
    [{ scopes: ["posts:read", "posts:read"] }, "scopes"],
    [{ scopes: "*" }, "scopes"],
    [{ allowed_addresses: ["192.0.2.1", "10.0.0.1abc"] }, "allowed_addresses.1"],
    [{ allowed_addresses: ["10.0.0.0/33"] }, "allowed_addresses.0"],
    [{ allowed_addresses: Array.from({ length: 51 }, (_, last) => `10.0.0.${last}`) }, "allowed_addresses"],
    [{ allowed_addresses: [null] }, "allowed_addresses.0"],
    [{ must_allow: "192.0.2.0/24" }, "must_allow"],
    [{ must_allow: "192.0.2.7", allowed_addresses: ["2001:db8::/32"] }, "must_allow"],
    [{ expires_at: "2020-01-01T00:00:00Z" }, "expires_at"],
    [{ expires_at: "2099-01-01T00:00:00Z" }, "expires_at"],
    [{ expires_at: "2027-01-01T00:00:00" }, "expires_at"],
    [{ expires_at: "tomorrow" }, "expires_at"],
    [{ expires_at: 1 }, "expires_at"],
    [{ rate_limit_per_minute: 0 }, "rate_limit_per_minute"],
    [{ rate_limit_per_minute: 601 }, "rate_limit_per_minute"],
    [{ rate_limit_per_minute: 1.5 }, "rate_limit_per_minute"],
    [{ note: "a\u0000b" }, "note"],
    [{ note: "a".repeat(201) }, "note"],
    [{ replaces: null }, "replaces"],
  ] as const) {
    test(`${JSON.stringify(body).slice(0, 60)} is a 400 that names ${field} and changes nothing`, async () => {
      const { id } = await own.user.generateKey();
      const before = (await own.user.ask(`/api/keys/${id}`)).json;
      const changed = await patch(id, { name: "Other", ...body });
      expect(changed.status).toBe(400);
      expect(changed.json).toMatchObject({ fields: { [field]: [expect.any(String)] } });
      expect((await own.user.ask(`/api/keys/${id}`)).json).toEqual(before);
      expect((await own.user.ask("/api/keys", { json: { name: "New", ...body } })).status).toBe(400);
      await own.user.deleteKey(id);
    });
  }

  for (const overlap_seconds of [-1, 2_592_001, 1.5, "60"]) {
    test(`an overlap of ${JSON.stringify(overlap_seconds)} is a 400 that names it and rotates nothing`, async () => {
      const { id } = await own.user.generateKey();
      const { status, json } = await own.user.ask(`/api/keys/${id}/rotate`, { json: { overlap_seconds } });
      expect([status, Object.keys(json.fields as object)]).toEqual([400, ["overlap_seconds"]]);
      expect((await own.user.ask(`/api/keys/${id}`)).json).toMatchObject({ replaced_by: null });
      await own.user.deleteKey(id);
    });
  }
});

for (const [locale, text] of [
  ["en", en],
  ["zh-TW", zhTw],
] as const) {
  test(`addresses that leave out where the key was last used are saved only when asked again (${locale})`, async ({
    browser,
    server,
    user,
  }) => {
    const { id, key } = await user.generateKey();
    expect(await tryKey(server.url, key)).toBe(200);
    const read = async () => (await user.ask(`/api/keys/${id}`)).json;
    await expect.poll(async () => (await read()).last_used_address).toBe("127.0.0.1");
    const context = await browser.newContext({ locale });
    await lendSession(context, server.url, user);
    const page = await context.newPage();
    await page.goto(`${server.url}/settings/keys/${id}`);
    const addresses = page.getByLabel(text.keyOptions.addresses);
    const save = page.getByRole("button", { name: text.renameKey.save, exact: true });
    const question = page.getByRole("alert").filter({ hasText: "127.0.0.1" });

    await addresses.fill("192.0.2.7");
    await save.click();
    await expect(question).toHaveText(text.keyPage.addressLeftOut.replace("{address}", "127.0.0.1"));
    expect(await read()).toMatchObject({ allowed_addresses: [] });
    await addresses.fill("127.0.0.0/8");
    await expect(question).toHaveCount(0);
    await save.click();
    await expect(save).toBeDisabled();
    expect(await read()).toMatchObject({ allowed_addresses: ["127.0.0.0/8"] });

    await addresses.fill("192.0.2.7");
    await save.click();
    await page.getByRole("button", { name: text.keyPage.saveAnyway }).click();
    await expect(page.getByText(text.keyPage.addressExcluded.replace("{address}", "127.0.0.1"))).toBeVisible();
    expect(await read()).toMatchObject({ allowed_addresses: ["192.0.2.7"] });
    await context.close();
  });
}
