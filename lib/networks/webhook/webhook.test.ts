import { beforeEach, expect, test } from "vitest";
import type { ConnectedAccount, PublishedPart, Submission } from "#lib/networks/connector";
import { countText } from "#lib/networks/count-text";
import { capabilities, connectReceiver } from "#lib/networks/webhook/connect-receiver";
import { webhook } from "#lib/networks/webhook/connector";
import { allowHosts } from "#lib/outbound/testing/test-server";
import { startReceiver, verifyMessage } from "#lib/standard-webhooks/testing/test-receiver";
import { findFreePort } from "#lib/testing/find-free-port";
import { useSettings } from "#lib/testing/process-state";

beforeEach(() => useSettings());

const SUBMISSION: Submission = {
  postId: "0199c0de-0000-7000-8000-000000000001",
  index: 0,
  part: { text: "Hello", media: [{ url: "https://example.com/a.png", altText: "A cat" }] },
  identity: "0199c0de-0000-7000-8000-000000000002",
  thread: undefined,
  acceptedAt: new Date("2026-03-01T11:00:00Z"),
  createdAt: new Date("2026-03-01T12:00:00Z"),
};

const connect = async (url: string): Promise<ConnectedAccount> => {
  const connection = await connectReceiver({ url });
  return { accountId: "0199c0de-0000-7000-8000-000000000003", ...connection };
};
const toSecret = ({ credential }: ConnectedAccount) => credential.signing_secret ?? "";

test("a part arrives signed, under its identity, with its media as they were given", async () => {
  const receiver = await startReceiver();
  const account = await connect(receiver.url);
  const published = await webhook.publish(account, SUBMISSION, null);
  expect(published).toEqual({ networkPostId: SUBMISSION.identity, url: receiver.url, reference: {} });
  const message = receiver.messages[1];
  expect(message?.headers).toMatchObject({ "webhook-id": SUBMISSION.identity, "content-type": "application/json" });
  expect(verifyMessage(toSecret(account), message)).toEqual({
    type: "post.publish",
    timestamp: "2026-03-01T12:00:00.000Z",
    data: {
      post_id: SUBMISSION.postId,
      index: 0,
      text: "Hello",
      media: [{ url: "https://example.com/a.png", alt_text: "A cat" }],
      thread: null,
    },
  });
});

test("what is sent again is the same letter by letter", async () => {
  const receiver = await startReceiver();
  const account = await connect(receiver.url);
  await webhook.publish(account, SUBMISSION, null);
  expect(await webhook.reconcile(account, SUBMISSION)).toBe("resend");
  await webhook.publish(account, SUBMISSION, null);
  const [first, second] = receiver.messages.slice(1);
  expect(second?.body).toBe(first?.body);
  expect(second?.headers["webhook-id"]).toBe(first?.headers["webhook-id"]);
});

test("a further part of a thread names the parts before it", async () => {
  const receiver = await startReceiver();
  const account = await connect(receiver.url);
  const toPart = (networkPostId: string): PublishedPart => ({
    networkPostId,
    url: "https://example.com/",
    reference: {},
  });
  const thread = { root: toPart("one"), parent: toPart("two") };
  await webhook.publish(account, { ...SUBMISSION, index: 2, thread }, null);
  expect(verifyMessage(toSecret(account), receiver.messages[1])).toMatchObject({
    data: {
      index: 2,
      thread: { root: { id: "one", url: "https://example.com/" }, parent: { id: "two", url: "https://example.com/" } },
    },
  });
});

test.each([
  ['{"id":"42","url":"https://example.com/42"}', "42", "https://example.com/42"],
  ['{"id":42,"url":"javascript:alert(1)"}', undefined, undefined],
  ['{"id":""}', undefined, undefined],
  ["thanks", undefined, undefined],
])("an answer of %s names the post, or it is named here", async (body, id, url) => {
  const receiver = await startReceiver(() => ({ status: 200, body }));
  const account = await connect(receiver.url);
  const { networkPostId, url: address } = await webhook.publish(account, SUBMISSION, null);
  expect([networkPostId, address]).toEqual([id ?? SUBMISSION.identity, url ?? receiver.url]);
});

test("a receiver that took the message has it, even when its answer is cut off or too long", async () => {
  const answers = [
    { status: 200, headers: { "Content-Length": "9999" }, body: "{" },
    { status: 200, body: "x".repeat(100_000) },
  ];
  const receiver = await startReceiver(({ body }) =>
    body.includes("post.publish") ? (answers.pop() ?? "cut") : { status: 204 },
  );
  const account = await connect(receiver.url);
  for (const _ of [...answers]) {
    await expect(webhook.publish(account, SUBMISSION, null)).resolves.toMatchObject({ url: receiver.url });
  }
});

test.each([
  [410, {}, "revoked"],
  [429, {}, "rate_limited"],
  [503, { "Retry-After": "60" }, "rate_limited"],
  [503, {}, "uncertain"],
  [500, {}, "uncertain"],
  [400, {}, "refused"],
  [401, {}, "refused"],
  [404, {}, "refused"],
  [302, { Location: "/elsewhere" }, "refused"],
  [304, {}, "refused"],
] as const)("an answer of %i with %j means %s", async (status, headers, reason) => {
  const receiver = await startReceiver(({ body }) =>
    body.includes("post.publish") ? { status, headers } : { status: 204 },
  );
  const account = await connect(receiver.url);
  const thrown = await webhook.publish(account, SUBMISSION, null).catch((error) => error);
  expect(thrown).toMatchObject({ name: "NetworkError", reason });
  expect(thrown.retryAt instanceof Date).toBe("Retry-After" in headers);
});

test("whether a receiver that went silent took the message is not known, and one that is not there did not", async () => {
  const receiver = await startReceiver(({ body }) => (body.includes("post.publish") ? "cut" : { status: 204 }));
  const account = await connect(receiver.url);
  await expect(webhook.publish(account, SUBMISSION, null)).rejects.toMatchObject({ reason: "uncertain" });
  const port = await findFreePort();
  allowHosts(`127.0.0.1:${port}`);
  const gone = { ...account, networkUserId: `http://127.0.0.1:${port}/` };
  await expect(webhook.publish(gone, SUBMISSION, null)).rejects.toMatchObject({ reason: "unavailable" });
});

test("a check wants a test message taken", async () => {
  let status = 204;
  const receiver = await startReceiver(() => ({ status }));
  const account = await connect(receiver.url);
  await expect(webhook.check(account)).resolves.toMatchObject({
    displayName: `127.0.0.1:${receiver.port}`,
    capabilities,
  });
  expect(verifyMessage(toSecret(account), receiver.messages[1])).toMatchObject({ type: "webhook.test" });
  status = 410;
  await expect(webhook.check(account)).rejects.toMatchObject({ reason: "revoked" });
});

test("a text is counted in characters as people see code points", () => {
  expect(countText("貼文🔑", webhook.capabilities)).toBe(3);
});
