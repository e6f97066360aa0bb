import { ask, tryKey, UNKNOWN_KEY, withKey } from "#lib/testing/console/api-client";
import { expect, test } from "./fixtures.ts";
import { createKeysFile, createSigner, report, signedBy } from "./github-signer.ts";
import { withOwnServer } from "./with-own-server.ts";

const github = createSigner("current");
const env = { TRUSTED_PROXIES: "1", GITHUB_SECRET_SCANNING_KEYS: createKeysFile([github]).path };

// How a key leaves a file, a mail, a terminal or a page.
const AROUND: [string, (key: string) => string][] = [
  ["a line break", (key) => `${key}\n`],
  ["quotes", (key) => `"${key}"`],
  ["a variable", (key) => `BORING_API_KEY=${key}`],
  ["a header of a command", (key) => `curl -H 'Authorization: Api-Key ${key}' https://console.example/v2/me`],
  ["direction marks", (key) => `\u202a${key}\u202c`],
  ["a zero-width space inside", (key) => `${key.slice(0, 20)}\u200b${key.slice(20)}`],
  ["percent-encoding", (key) => encodeURIComponent(`{"key":"${key}"}`)],
  ["another key", (key) => `${UNKNOWN_KEY},${key}`],
];

withOwnServer(env, (own) => {
  for (const [index, [what, wrap]] of AROUND.entries()) {
    test(`a key that is reported with ${what} is refused from then on`, async () => {
      const { key } = await own.user.generateKey();
      const headers = { "X-Forwarded-For": `198.51.100.${index + 1}` };
      const { status } = await ask(own.server.url, "/v2/keys/revoke", { json: { keys: [wrap(key)] }, headers });
      expect(status).toBe(202);
      expect(await tryKey(own.server.url, key)).toBe(401);
    });
  }

  test("what GitHub finds with something around it is ours all the same", async () => {
    const { key } = await own.user.generateKey();
    const body = JSON.stringify([{ token: `"${key}\\n"`, type: "boring_key", url: "", source: "content" }]);
    const { json } = await report(own.server.url, body, signedBy(github, body));
    expect(json).toMatchObject([{ token_raw: `"${key}\\n"`, label: "true_positive" }]);
    expect(await tryKey(own.server.url, key)).toBe(401);
  });

  test("a key is looked up with whatever was copied around it", async () => {
    const { id, key } = await own.user.generateKey();
    const { json } = await own.user.ask("/api/keys/lookup", { json: { key: `export KEY="${key}"\n` } });
    expect(json).toMatchObject({ result: "yours", id });
  });

  test("an operation without members works with a header and no body", async () => {
    const { id, key } = await own.user.generateKey();
    const headers = { "Content-Type": "application/json" };
    const rotated = await own.user.ask(`/api/keys/${id}/rotate`, { method: "POST", headers });
    expect(rotated.status, rotated.text).toBe(201);
    const { json } = await ask(own.server.url, "/v2/posts", {
      json: { post: { text: "a" } },
      headers: withKey(key),
    });
    const retried = await ask(own.server.url, `/v2/posts/${json.postSubmissionId}/retry`, {
      method: "POST",
      headers: { ...headers, ...withKey(key) },
    });
    // It is published already, which is another answer than that its request was wrong.
    expect([retried.status, retried.json.error]).toEqual([409, "InvalidState"]);
  });

  for (const body of [
    { post: { accountId: "", content: { text: "a", mediaUrls: null, altTexts: null, platform: "" }, target: null } },
    { post: { text: "a", content: "", mediaUrls: [""], altTexts: [], platform: null, scheduledAt: null } },
    { scheduledAt: null, post: { text: "a", target: { targetType: "" }, content: { additionalPosts: [] } } },
  ]) {
    test(`${JSON.stringify(body)} publishes a text to the sandbox`, async () => {
      const { status, json, text } = await own.post(body);
      expect(status, text).toBe(201);
      expect(json.data).toMatchObject({ platform: "sandbox", text: ["a"], media_urls: [], status: "published" });
    });
  }

  for (const [path, field] of [
    ["/v2/posts?platform=nonsense", "platform"],
    ["/v2/posts?status=failed&status=queued", "status"],
    ["/v2/posts?account_id=1", "account_id"],
    ["/v2/posts?limit=3", "limit"],
    ["/v2/accounts?status=valid", "status"],
    ["/v2/accounts?page=1&page=2", "page"],
    ["/v2/me?_=1700000000", "_"],
    ["/v2/posts/00000000-0000-4000-8000-000000000000?fields=id", "fields"],
  ] as const) {
    test(`GET ${path} is a 400 that names ${field}`, async () => {
      const { status, json } = await ask(own.server.url, path, { headers: withKey(own.key) });
      expect(status).toBe(400);
      expect(json).toMatchObject({ error: "InvalidRequest", fields: { [field]: [expect.any(String)] } });
    });
  }

  test("an operation that takes no parameters refuses one, whatever its method, and does nothing", async () => {
    const id = (await own.post({ post: { text: "a", scheduledAt: "2099-01-01T00:00:00Z" } })).json.postSubmissionId;
    const headers = withKey(own.key);
    for (const [method, path] of [
      ["DELETE", `/v2/posts/${id}`],
      ["POST", `/v2/posts/${id}/retry`],
      ["POST", "/v2/keys/revoke"],
    ] as const) {
      const { status, json } = await ask(own.server.url, `${path}?force=true`, { method, headers });
      expect([path, status, json.fields]).toMatchObject([path, 400, { force: [expect.any(String)] }]);
    }
    const { json } = await ask(own.server.url, `/v2/posts/${id}`, { headers });
    expect(json.status).toBe("scheduled");
  });

  test("a time in the address of a post is not overlooked", async () => {
    const { status, json } = await ask(own.server.url, "/v2/posts?scheduledAt=2099-01-01T00:00:00Z", {
      json: { post: { text: "a" } },
      headers: withKey(own.key),
    });
    expect([status, json.fields]).toMatchObject([400, { scheduledAt: [expect.any(String)] }]);
  });

  for (const [path, field] of [
    ["/api/posts?platform=twitter", "platform"],
    ["/api/published-posts?limit=5&limit=6", "limit"],
    ["/api/audit-events?from=2026-02-02&to=2026-02-01", "to"],
    ["/api/audit-events?since=2026-02-02", "since"],
    ["/api/audit-events.csv?action=nothing", "action"],
    ["/api/keys?status=revoked", "status"],
    ["/api/keys?sort=name&sort=created", "sort"],
    ["/api/accounts?page=2", "page"],
    ["/api/webhooks?page=2", "page"],
    ["/api/sessions?page=2", "page"],
    ["/api/networks?page=2", "page"],
  ] as const) {
    test(`GET ${path} is a 400 that names ${field}`, async () => {
      const { status, json } = await own.user.ask(path);
      expect(status).toBe(400);
      expect(json).toMatchObject({ fields: { [field]: [expect.any(String)] } });
    });
  }

  test("GET of one key is a 400 that names a parameter which it does not take", async () => {
    const { id } = await own.user.generateKey("Asked with a parameter");
    const { status, json } = await own.user.ask(`/api/keys/${id}?force=true`);
    expect(status).toBe(400);
    expect(json).toMatchObject({ fields: { force: [expect.any(String)] } });
  });

  test("a webhook's address is kept as it is seen, and one that cannot be seen as it is used is refused", async () => {
    const create = (url: string) => own.user.ask("/api/webhooks", { json: { url, events: ["post.published\u200b"] } });
    const { status, json, text } = await create("\u202ahttps://exam\u200bple.com/hook\u202c\n");
    expect(status, text).toBe(201);
    expect(json).toMatchObject({ url: "https://example.com/hook", events: ["post.published"] });
    const refused = await create("https://example.com/ho\u200bok");
    expect([refused.status, refused.json.fields]).toEqual([
      400,
      { url: ["Remove the character U+200B, which cannot be seen."] },
    ]);
  });

  test("addresses that a key may be used from are read as they are seen", async () => {
    const allowed_addresses = ["\u200b192.0.2.1\u00a0", "2001:db8::\u200e/32"];
    const { status, json, text } = await own.user.ask("/api/keys", {
      json: { name: "\ufeffServer\u200b ", allowed_addresses, environment: "", scopes: ["posts:read\n"], note: null },
    });
    expect(status, text).toBe(201);
    expect(json).toMatchObject({
      name: "Server",
      allowed_addresses: ["192.0.2.1", "2001:db8::/32"],
      environment: null,
      scopes: ["posts:read"],
      note: null,
    });
  });
});
