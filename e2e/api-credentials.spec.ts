import { ask, UNKNOWN_KEY, withAuthorization, withKey } from "#lib/testing/console/api-client";
import { startServer } from "#lib/testing/console/start-server";
import { createUser } from "#lib/testing/console/user";
import { expect, test } from "./fixtures.ts";
import { withOwnServer } from "./with-own-server.ts";

const UNAUTHORIZED = { error: "Unauthorized", message: "Invalid or missing API key" };
const NOT_PROVIDED = { detail: "Authentication credentials were not provided." };
const INVALID_FORMAT = { detail: "Invalid API key format." };

withOwnServer({}, (own) => {
  test("a key names itself and its owner, presented either way or both", async () => {
    for (const headers of [
      withKey(own.key),
      withAuthorization(own.key),
      { ...withKey(own.key), ...withAuthorization(own.key) },
    ]) {
      const { status, json, headers: got } = await ask(own.server.url, "/v2/me", { headers });
      expect(status).toBe(200);
      expect(json).toMatchObject({ name: "Production", expires_at: null, owner_email: own.user.email });
      expect(got.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
      expect(got.get("cache-control")).toBe("no-store");
    }
  });

  for (const [what, headers, body, reason] of [
    ["no credential", {}, UNAUTHORIZED, "missing"],
    ["an unknown key", withKey(UNKNOWN_KEY), UNAUTHORIZED, "unknown"],
    ["a short key", withKey("boring_abc"), UNAUTHORIZED, "malformed_length"],
    ["a typo", withKey(`${UNKNOWN_KEY.slice(0, -1)}q`), UNAUTHORIZED, "bad_checksum"],
    ["a key with a dash", withKey(`${UNKNOWN_KEY.slice(0, -1)}-`), UNAUTHORIZED, "malformed_characters"],
    ["another scheme", { Authorization: `Bearer ${UNKNOWN_KEY}` }, INVALID_FORMAT, "wrong_scheme"],
    ["the scheme alone", { Authorization: "Api-Key" }, NOT_PROVIDED, "missing"],
    ["an unknown key after the scheme", withAuthorization(UNKNOWN_KEY), NOT_PROVIDED, "unknown"],
    ["a malformed key after the scheme", withAuthorization("boring_x"), INVALID_FORMAT, "malformed_length"],
    [
      "two that differ",
      { ...withKey(UNKNOWN_KEY), Authorization: "Api-Key x" },
      UNAUTHORIZED,
      "conflicting_credentials",
    ],
  ] as const) {
    test(`${what} is refused word for word`, async () => {
      const answer = await ask(own.server.url, "/v2/me", { headers });
      expect(answer.status).toBe(401);
      expect(answer.json).toEqual(body);
      expect(answer.headers.get("x-auth-error")).toBe(reason);
      expect(answer.headers.get("www-authenticate")).toBe('Api-Key realm="boring"');
    });
  }

  test("a key in the query, the body or a cookie opens nothing", async () => {
    const { key } = own;
    const json = { key, "boring-api-key": key, post: { text: "Hello" } };
    const answers = [
      await ask(own.server.url, `/v2/me?boring-api-key=${key}&api_key=${key}`),
      await ask(own.server.url, "/v2/posts", { json }),
      await ask(own.server.url, "/v2/me", { headers: { Cookie: `boring-api-key=${key}; ${own.user.cookie}` } }),
      await ask(own.server.url, "/v2/me", { headers: { "x-api-key": key } }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
  });

  test("disabled and deleted keys are refused with their reason, an enabled one is accepted again", async () => {
    const generated = await own.user.generateKey("Short life");
    const me = async () =>
      (await ask(own.server.url, "/v2/me", { headers: withKey(generated.key) })).headers.get("x-auth-error");
    const patch = (is_active: boolean) =>
      own.user.ask(`/api/keys/${generated.id}`, { method: "PATCH", json: { is_active } });
    await patch(false);
    expect(await me()).toBe("disabled");
    await patch(true);
    expect(await me()).toBeNull();
    await own.user.deleteKey(generated.id);
    expect(await me()).toBe("deleted");
  });

  test("other methods and addresses say so", async () => {
    const answer = await ask(own.server.url, "/v2/me", { method: "DELETE" });
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
    expect((await ask(own.server.url, "/v2/posts", { method: "PUT" })).headers.get("allow")).toBe(
      "GET, HEAD, POST, OPTIONS",
    );
    expect((await ask(own.server.url, "/v2/nothing")).json).toMatchObject({ error: "NotFound" });
    expect((await ask(own.server.url, "/v2")).json).toMatchObject({ error: "NotFound" });
    const head = await ask(own.server.url, "/v2/me", { method: "HEAD", headers: withKey(own.key) });
    expect([head.status, head.text]).toEqual([200, ""]);
    expect((await ask(own.server.url, "/v2/me", { method: "OPTIONS" })).status).toBe(204);
  });
});

test("a server of one environment refuses keys that are tagged for another, in the words of both headers", async () => {
  const server = await startServer({ env: { ENVIRONMENT: "prod" } });
  const user = await createUser(server.url);
  for (const [environment, status] of [
    ["dev", 401],
    ["prod", 200],
    [undefined, 200],
  ] as const) {
    const { key } = await user.generateKey("Production", environment && { environment });
    const own = await ask(server.url, "/v2/me", { headers: withKey(key) });
    const standard = await ask(server.url, "/v2/me", { headers: withAuthorization(key) });
    expect([own.status, standard.status]).toEqual([status, status]);
    if (status === 200) continue;
    expect(own.json).toEqual(UNAUTHORIZED);
    expect(standard.json).toEqual(NOT_PROVIDED);
    expect(own.headers.get("x-auth-error")).toBe("wrong_environment");
  }
  await server.stop();
});
