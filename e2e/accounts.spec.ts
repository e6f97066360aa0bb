import { ask, withAuthorization, withKey } from "#lib/testing/console/api-client";
import { createUser } from "#lib/testing/console/user";
import { expect, test } from "./fixtures.ts";
import { withOwnServer } from "./with-own-server.ts";

withOwnServer({}, (own) => {
  test("a key lists its owner's accounts, and where a post goes is among them", async () => {
    const { url } = own.server;
    const { json } = await ask(url, "/v2/accounts", { headers: withKey(own.key) });
    expect(json).toMatchObject({
      count: 1,
      next: null,
      previous: null,
      results: [
        {
          social_channel_type: "sandbox",
          username: "sandbox",
          is_valid: true,
          status: "valid",
          expires_at: null,
          capabilities: { text_limit: 10_000, text_unit: "characters" },
        },
      ],
    });
    const [account] = json.results as { account_id: string }[];
    const posted = await own.post({ post: { accountId: account?.account_id, text: "Hello" } });
    expect(posted.json.data).toMatchObject({ account_id: account?.account_id });
    expect((await own.user.ask("/api/accounts")).json).toEqual({ accounts: json.results });
  });

  test("it takes the scope accounts:read, and nothing else", async () => {
    const { key: reader } = await own.user.generateKey("Reader", { scopes: ["accounts:read"] });
    const { key: poster } = await own.user.generateKey("Poster", { scopes: ["posts:read", "posts:write"] });
    const { url } = own.server;
    expect((await ask(url, "/v2/accounts", { headers: withKey(reader) })).status).toBe(200);
    const refused = await ask(url, "/v2/accounts", { headers: withAuthorization(poster) });
    expect(refused).toMatchObject({ status: 403, json: { detail: "This API key lacks the scope accounts:read." } });
  });

  test("pages are those of every list", async () => {
    const { url } = own.server;
    const statusOf = async (query: string) =>
      (await ask(url, `/v2/accounts?${query}`, { headers: withKey(own.key) })).status;
    expect([await statusOf("page=2"), await statusOf("page=x"), await statusOf("page_size=0")]).toEqual([
      404, 404, 400,
    ]);
  });

  test("nobody sees another user's accounts", async () => {
    const { url } = own.server;
    const stranger = await createUser(url);
    const { key } = await stranger.generateKey();
    const mine = await ask(url, "/v2/accounts", { headers: withKey(own.key) });
    const theirs = await ask(url, "/v2/accounts", { headers: withKey(key) });
    const idsOf = ({ json }: typeof mine) => (json.results as { account_id: string }[]).map((row) => row.account_id);
    expect(idsOf(theirs)).not.toEqual(idsOf(mine));
    expect((await ask(url, "/api/accounts")).status).toBe(401);
  });
});
