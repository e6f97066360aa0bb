import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { notes } from "#lib/accounts/testing/test-connector";
import { useAccountsDatabase } from "#lib/accounts/testing/test-database";
import { closeDatabase, type Database } from "#lib/db/database";
import { underWayOf } from "#lib/due/work-off";
import { pruneIdempotencyKeys } from "#lib/idempotency/find-idempotent";
import type { Post } from "#lib/posts/schema";
import { POSTS } from "#lib/publishing/due-posts";
import { publishAndWait } from "#lib/publishing/publish-and-wait";
import { failOnce, startNetwork, type TestNetwork } from "#lib/publishing/testing/test-network";
import { createOwner, type Owner, readPost } from "#lib/publishing/testing/test-post";
import { createWebhook } from "#lib/webhooks/change-webhook";

vi.mock("#lib/networks/registry", async (original) =>
  (await import("#lib/accounts/testing/test-connector")).withNotes(original),
);

let db: Database;
let owner: Owner;
let network: TestNetwork;

beforeAll(async () => {
  db = await useAccountsDatabase();
});
afterAll(closeDatabase);
beforeEach(async () => {
  network = startNetwork();
  owner = await createOwner();
  underWayOf(POSTS).caps = { atOnce: 10, perLane: 10 };
});

const part = (text: string) => ({ text, mediaUrls: [], altTexts: [] });
const publish = (text: string, wishes: { accountId?: string; key?: string; waitSeconds?: number } = {}) => {
  const draft = { accountId: wishes.accountId, network: undefined, parts: [part(text)] as [ReturnType<typeof part>] };
  const { waitSeconds = 10, key } = wishes;
  return publishAndWait(owner, { ...draft, scheduledAt: null }, { waitSeconds, idempotencyKey: key });
};

/** The statements that change something while `act` runs. */
const countWrites = async (act: () => Promise<unknown>): Promise<string[]> => {
  const write = vi.spyOn(db.connection, "write");
  const transaction = vi.spyOn(db.prisma, "$transaction");
  await act();
  const writes = [...write.mock.calls.map(([{ name }]) => name), ...transaction.mock.calls.map(() => "transaction")];
  write.mockRestore();
  transaction.mockRestore();
  return writes;
};

test("a post is accepted and past its boundary in one statement and settled in another, and the answer is what they wrote", async () => {
  const posts: Post[] = [];
  const writes = await countWrites(async () => posts.push((await publish("two", { accountId: owner.accountId })).post));
  expect(writes).toEqual(["accept-post-without-key", "settle-posts"]);
  expect([...network.values()]).toEqual(["two"]);
  const { account: _, next_at: __, attempt_log: ___, ...kept } = await readPost(owner);
  expect(posts).toEqual([kept]);
  expect(kept).toMatchObject({ status: "published", attempts: 1, parts: [{ index: 0 }] });
});

test("a post to the sandbox is accepted and published in one statement, unless somebody has to be told", async () => {
  expect(await countWrites(() => publish("one"))).toEqual(["accept-post-without-key"]);
  const { account: _, next_at: __, attempt_log: ___, ...kept } = await readPost(owner);
  expect(kept).toMatchObject({ status: "published", attempts: 1, parts: [{ post_id: kept.id }] });
  await createWebhook(owner.actor, { url: "https://example.com/hook", events: ["post.published"] });
  const { post } = await publish("told");
  expect(post).toMatchObject({ status: "published", attempts: 1 });
  const [delivery] = await db.prisma.webhookDelivery.findMany({
    where: { endpoint: { organizationId: owner.organizationId } },
  });
  // What is kept of an event outlives the account of the post's author.
  expect(JSON.parse(delivery?.payload ?? "")).toMatchObject({
    type: "post.published",
    data: { ...post, author: null },
  });
});

test("what fails before it is sent, although it is past its boundary, is known not to be there", async () => {
  failOnce("prepare", "unavailable");
  const { post } = await publish("late", { accountId: owner.accountId, waitSeconds: 0 });
  await vi.waitFor(async () => expect(await readPost(owner)).toMatchObject({ status: "queued" }));
  expect(await db.prisma.postPart.findMany({ where: { postId: post.id } })).toMatchObject([{ boundaryAt: null }]);
});

test("once it is committed, a database that fails does not make the answer an error", async () => {
  vi.spyOn(notes, "publish").mockImplementation(() => new Promise(() => {}));
  const reading = vi.spyOn(db.prisma.post, "findFirst").mockRejectedValue(new Error("Connection terminated"));
  const settling = vi
    .spyOn(db.prisma.idempotencyKey, "updateMany")
    .mockRejectedValue(new Error("Connection terminated"));
  const { post, isReplayed } = await publish("known", { accountId: owner.accountId, waitSeconds: 0.5, key: "known" });
  reading.mockRestore();
  settling.mockRestore();
  expect([post.status, isReplayed]).toEqual(["publishing", false]);
  expect((await readPost(owner)).id).toBe(post.id);
});

test("an idempotency key is busy no longer than its post, and stands for it for a day", async () => {
  const { post } = await publish("once", { key: "day" });
  expect(await publish("once", { key: "day" })).toEqual({ post, isReplayed: true });
  await expect(publish("twice", { key: "day" })).rejects.toMatchObject({ code: "IdempotencyConflict" });
  const age = (hours: number) => db.prisma.$executeRaw`
    UPDATE idempotency_keys SET created_at = now() - make_interval(hours => ${hours}::int) WHERE organization_id = ${owner.organizationId}::uuid`;
  await age(23);
  await pruneIdempotencyKeys();
  expect((await publish("once", { key: "day" })).post.id).toBe(post.id);
  await age(24);
  const { post: next } = await publish("twice", { key: "day" });
  expect(next.id).not.toBe(post.id);
  await age(25);
  await pruneIdempotencyKeys();
  expect(await db.prisma.idempotencyKey.count({ where: { organizationId: owner.organizationId } })).toBe(0);
});

test("an answer that waits for nothing leaves no busy idempotency key behind", async () => {
  vi.spyOn(notes, "publish").mockImplementation(() => new Promise(() => {}));
  const { post } = await publish("async", { accountId: owner.accountId, waitSeconds: 0, key: "async" });
  const again = await publish("async", { accountId: owner.accountId, waitSeconds: 0, key: "async" });
  expect(again).toMatchObject({ isReplayed: true, post: { id: post.id } });
});

test("a process that has enough to do accepts a post, and leaves it to whoever has room", async () => {
  underWayOf(POSTS).caps = { atOnce: 0, perLane: 0 };
  const { post } = await publish("waits", { accountId: owner.accountId, waitSeconds: 0 });
  expect(post).toMatchObject({ status: "queued", attempts: 0 });
  expect(network.size).toBe(0);
});
