import fc from "fast-check";
import { ask, withAuthorization, withKey } from "#lib/testing/console/api-client";
import { expect, test } from "./fixtures.ts";
import { field, membersOf, nasty, segment } from "./hostile-values.ts";

const ROUNDS = 400;

const content = membersOf(["text", "mediaUrls", "platform", "additionalPosts"], nasty);
const post = membersOf(
  ["accountId", "content", "text", "mediaUrls", "platform", "target", "scheduledAt"],
  fc.oneof(content, nasty),
);
const postBody = fc.oneof(membersOf(["post", "scheduledAt"], fc.oneof(post, nasty)), nasty);

test("whatever a program with a key sends, the answer is documented and never a 5xx", async ({ server, user }) => {
  test.setTimeout(420_000);
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

test("whatever a browser presents as its session, it is not signed in", async ({ server }) => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(segment, field), async (session) => {
      const { status } = await ask(server.url, "/api/keys", { headers: { Cookie: `session=${session}` } });
      expect(status).toBe(401);
    }),
    { numRuns: ROUNDS },
  );
});
