import fc from "fast-check";
import { ask, withAuthorization, withKey } from "./api-client.ts";
import { expect, test } from "./fixtures.ts";

const ROUNDS = 400;

const nasty = fc.oneof(
  fc.jsonValue(),
  fc.string({ unit: "binary", maxLength: 80 }),
  fc.constantFrom(
    null,
    true,
    -0,
    1e308,
    "",
    "\u0000",
    "\ud800",
    { not: "" },
    { $ne: null },
    [[]],
    "__proto__",
    "1 OR 1=1",
  ),
);

/** An object with the members that the API knows, holding anything at all. */
const membersOf = (names: string[], value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.record(Object.fromEntries(names.map((name) => [name, value])), { requiredKeys: [] });

const content = membersOf(["text", "mediaUrls", "platform", "additionalPosts"], nasty);
const post = membersOf(
  ["accountId", "content", "text", "mediaUrls", "platform", "target", "scheduledAt"],
  fc.oneof(content, nasty),
);
const postBody = fc.oneof(membersOf(["post", "scheduledAt"], fc.oneof(post, nasty)), nasty);
const keyBody = fc.oneof(membersOf(["name", "environment", "is_active", "userId"], nasty), nasty);
const segment = fc
  .string({ unit: "binary", minLength: 1, maxLength: 40 })
  .map((text) => encodeURIComponent(text.toWellFormed()));
const field = fc.string({
  unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => (code === 0x7f ? " " : String.fromCharCode(code))),
});

test("whatever a program with a key sends, the answer is documented and never a 5xx", async ({ server, user }) => {
  test.setTimeout(180_000);
  const { key } = await user.generateKey();
  const headers = fc.constantFrom(withKey(key), withAuthorization(key));
  await fc.assert(
    fc.asyncProperty(postBody, headers, segment, field, async (json, credential, id, value) => {
      const answers = [
        await ask(server.url, "/v2/posts", { json, headers: credential }),
        await ask(server.url, `/v2/posts/${id}`, { headers: credential }),
        await ask(server.url, `/v2/posts?status=${id}&page=${id}&page_size=${id}&account_id=${id}`, {
          headers: credential,
        }),
        await ask(server.url, "/v2/me", { headers: { "boring-api-key": value } }),
        await ask(server.url, "/v2/me", { headers: { Authorization: value } }),
      ];
      for (const { status } of answers) expect(status).toBeLessThan(500);
      for (const { status } of answers.slice(3)) expect([400, 401]).toContain(status);
    }),
    { numRuns: ROUNDS },
  );
});

test("whatever a signed-in browser sends, the answer is documented and never a 5xx", async ({ server, user }) => {
  test.setTimeout(180_000);
  const { id } = await user.generateKey();
  await fc.assert(
    fc.asyncProperty(keyBody, segment, async (json, other) => {
      const answers = [
        await user.ask("/api/keys", { json }),
        await user.ask(`/api/keys/${id}`, { method: "PATCH", json }),
        await user.ask(`/api/keys/${other}`, { method: "DELETE" }),
        await user.ask(`/api/sessions/${other}`, { method: "DELETE" }),
        await ask(server.url, "/api/keys", { headers: { Cookie: `session=${other}` } }),
      ];
      for (const { status } of answers) expect(status).toBeLessThan(500);
    }),
    { numRuns: ROUNDS },
  );
});
