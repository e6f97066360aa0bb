import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { notes } from "#lib/accounts/testing/test-connector";
import { useAccountsDatabase } from "#lib/accounts/testing/test-database";
import { closeDatabase, type Database } from "#lib/db/database";
import { NetworkError } from "#lib/networks/network-error";
import { listPostDetails } from "#lib/posts/list-posts";
import { cancelPost, retryPost } from "#lib/posts/retry-post";
import { say } from "#lib/problems/problem";
import { publishPost } from "#lib/publishing/publish-post";
import { failOnce, startNetwork, type TestNetwork, toPart } from "#lib/publishing/testing/test-network";
import { acceptPost, createOwner, letTimePass, type Owner, readPost } from "#lib/publishing/testing/test-post";

vi.mock("#lib/networks/registry", async (original) =>
  (await import("#lib/accounts/testing/test-connector")).withNotes(original),
);

let db: Database;
let owner: Owner;
/** What the network has, by identity. */
let network: TestNetwork;

beforeAll(async () => {
  db = await useAccountsDatabase();
});
afterAll(closeDatabase);
beforeEach(async () => {
  network = startNetwork();
  owner = await createOwner();
});

test("a post is published once, however many wake up for it", async () => {
  const id = await acceptPost(owner, ["one"]);
  await Promise.all([publishPost(id), publishPost(id), publishPost(id)]);
  await publishPost(id);
  expect([...network.values()]).toEqual(["one"]);
  expect(notes.publish).toHaveBeenCalledTimes(1);
  expect(await readPost(owner)).toMatchObject({
    status: "published",
    attempts: 1,
    post_url: expect.stringMatching(/^https:\/\/notes/),
    next_at: null,
    attempt_log: [{ number: 1, outcome: "published", reason: null }],
  });
});

test("the parts of a thread answer one another, and a thread that failed goes on where it failed", async () => {
  const id = await acceptPost(owner, ["one", "two", "three"]);
  vi.mocked(notes.publish).mockImplementationOnce(async (_account, { identity, part }) => {
    network.set(identity, part.text);
    return toPart(identity);
  });
  failOnce("publish", "refused");
  await publishPost(id);
  expect(await readPost(owner)).toMatchObject({ status: "failed", error: "It was refused.", parts: [{ index: 0 }] });
  await retryPost(owner, id, "retry");
  await publishPost(id);
  expect([...network.values()]).toEqual(["one", "two", "three"]);
  const { parts, status } = await readPost(owner);
  expect(status).toBe("published");
  const [, , , third] = vi.mocked(notes.publish).mock.calls;
  expect(third?.[1].thread).toMatchObject({
    root: { networkPostId: parts[0]?.post_id },
    parent: { networkPostId: parts[1]?.post_id },
  });
});

test("what a restored backup publishes again is recognised by its network", async () => {
  const id = await acceptPost(owner, ["one", "two"]);
  await publishPost(id);
  // As a backup has it that was made while it waited.
  await db.prisma.postPart.deleteMany({ where: { postId: id } });
  await db.prisma.postAttempt.deleteMany({ where: { postId: id } });
  await db.prisma.post.update({ where: { id }, data: { status: "queued", attempts: 0, wakeAt: new Date(0) } });
  await letTimePass(db, id);
  await publishPost(id);
  expect(notes.publish).toHaveBeenCalledTimes(4);
  expect([...network.values()]).toEqual(["one", "two"]);
});

test("why a post failed is kept by its code, and told in the language of who reads it", async () => {
  const id = await acceptPost(owner, ["one"]);
  vi.mocked(notes.publish).mockRejectedValue(new NetworkError("refused", say("receiver_refused", { status: 422 })));
  await publishPost(id);
  const told = async (locale?: "zh-TW") =>
    (await listPostDetails(owner.organizationId, {}, { skip: 0, take: 1, locale })).posts.map(
      ({ error, attempt_log }) => [error, ...attempt_log.map(({ reason }) => reason)],
    );
  const english = "The receiver answered 422: it did not accept the message.";
  expect(await told()).toEqual([[english, english]]);
  expect(await told("zh-TW")).toEqual([["接收端回覆 422：沒有收下訊息。", "接收端回覆 422：沒有收下訊息。"]]);
  // Kept before problems had codes.
  await db.prisma.$executeRaw`UPDATE posts SET problem = NULL`;
  await db.prisma.$executeRaw`UPDATE post_attempts SET problem = NULL`;
  expect(await told("zh-TW")).toEqual([[english, english]]);
});

test("what a network says that PostgreSQL cannot store does not keep a post from being settled", async () => {
  const id = await acceptPost(owner, ["one"]);
  const said = `a\0${"😀".slice(0, 1)}`;
  vi.mocked(notes.publish).mockRejectedValue(new NetworkError("refused", say("server_said", { said })));
  await publishPost(id);
  expect(await readPost(owner)).toMatchObject({ status: "failed", error: "a\ufffd" });
});

test("a worker that was silent too long writes nothing over the one that took over", async () => {
  const id = await acceptPost(owner, ["one"]);
  let wakeUp = () => {};
  const asleep = new Promise<void>((resolve) => {
    wakeUp = resolve;
  });
  vi.mocked(notes.publish).mockImplementationOnce(async (_account, { identity, part }) => {
    network.set(identity, part.text);
    await asleep;
    throw new NetworkError("refused", say("server_said", { said: "Too late." }));
  });
  const first = publishPost(id);
  await vi.waitFor(() => expect(network.size).toBe(1));
  await letTimePass(db, id);
  await publishPost(id);
  wakeUp();
  await first;
  expect(notes.publish).toHaveBeenCalledTimes(1);
  expect(await readPost(owner)).toMatchObject({
    status: "published",
    attempt_log: [{ outcome: "lapsed" }, { outcome: "published" }],
  });
});

test("a cancelled post is not published, and a published one is not cancelled", async () => {
  const id = await acceptPost(owner, ["one"]);
  await cancelPost(owner, id);
  await publishPost(id);
  expect(await readPost(owner)).toMatchObject({ status: "cancelled" });
  expect(network.size).toBe(0);
  for (let trial = 0; trial < 20; trial++) {
    const racing = await acceptPost(owner, [`trial ${trial}`]);
    const [cancelled] = await Promise.allSettled([cancelPost(owner, racing), publishPost(racing)]);
    const isThere = [...network.values()].includes(`trial ${trial}`);
    expect(isThere).toBe(cancelled.status === "rejected");
  }
});
