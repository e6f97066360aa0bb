import { ask, withKey } from "#lib/testing/console/api-client";
import { createUser, type User } from "#lib/testing/console/user";
import { expect, test } from "./receiver-fixtures.ts";

type Listed = { account_id: string };
type Made = { id: string; account_id: string; group_id: string; status: string; post_id: string | null };

let user: User;
let key: string;
/** The account of the receiver, and the built-in one. */
let accountIds: string[];

test.beforeEach(async ({ server, receiver }) => {
  user = await createUser(server.url);
  key = (await user.generateKey()).key;
  const fields = { url: receiver.url };
  const { account_id } = (await user.ask("/api/accounts", { json: { network: "webhook", fields } })).json as Listed;
  const { accounts } = (await user.ask("/api/accounts")).json as { accounts: Listed[] };
  const others = accounts.filter((one) => one.account_id !== account_id);
  accountIds = [account_id, ...others.map((one) => one.account_id)];
  receiver.messages.length = 0;
});

test("one request to several accounts makes a post for each, which are published and fail apart from each other", async ({
  server,
  receiver,
}) => {
  receiver.answer = { status: 422 };
  const headers = { ...withKey(key), "Idempotency-Key": "one" };
  const json = { post: { accountIds, text: "Hello" } };
  const made = await ask(server.url, "/v2/posts", { json, headers });
  expect(made).toMatchObject({ status: 201, json: { success: true } });
  const { groupId, data } = made.json as { groupId: string; data: Made[] };
  expect(data.map(({ account_id }) => account_id)).toEqual(accountIds);
  expect(data.map(({ status }) => status)).toEqual(["failed", "published"]);
  expect(data.every((post) => post.group_id === groupId)).toBe(true);
  expect(made.headers.get("location")).toMatch(`/v2/posts?group_id=${groupId}`);

  const listed = await ask(server.url, `/v2/posts?group_id=${groupId}`, { headers: withKey(key) });
  expect(listed.json).toMatchObject({ count: 2 });
  const again = await ask(server.url, "/v2/posts", { json, headers });
  expect([again.status, again.headers.get("idempotent-replayed")]).toEqual([201, "true"]);
  expect((again.json.data as Made[]).map(({ id }) => id)).toEqual(data.map(({ id }) => id));

  receiver.answer = { status: 204 };
  const retried = await ask(server.url, `/v2/posts/${data[0]?.id}/retry`, { method: "POST", headers: withKey(key) });
  expect(retried).toMatchObject({ status: 200, json: { data: { status: "published", group_id: groupId } } });
});

test("accounts that cannot be meant are refused by their place, and nothing is posted", async ({
  server,
  receiver,
}) => {
  const [first = "", second = ""] = accountIds;
  const post = (members: object) =>
    ask(server.url, "/v2/posts", { json: { post: { text: "Hello", ...members } }, headers: withKey(key) });
  expect(await post({ accountIds: [first, first.toUpperCase()] })).toMatchObject({
    status: 400,
    json: { fields: { "post.accountIds.1": ["This account is named twice."] } },
  });
  expect(await post({ accountIds: [first, key.slice(0, 8)] })).toMatchObject({
    status: 400,
    json: { error: "InvalidAccountId", fields: { "post.accountIds.1": [expect.any(String)] } },
  });
  expect(await post({ accountIds: [first], accountId: second })).toMatchObject({
    status: 400,
    json: { fields: { "post.accountIds": ["Give either post.accountId or post.accountIds."] } },
  });
  const many = await post({ accountIds: Array.from({ length: 21 }, () => first) });
  expect(many).toMatchObject({ status: 400, json: { fields: { "post.accountIds": ["Name at most 20 accounts."] } } });
  expect(receiver.messages).toEqual([]);
  // An empty list stands for none, as other tools send it.
  expect(await post({ accountIds: [] })).toMatchObject({ status: 201, json: { data: { platform: "sandbox" } } });
});
