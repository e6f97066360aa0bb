import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { useAccountsDatabase } from "#lib/accounts/testing/test-database";
import type { MemberActor } from "#lib/audit/schema";
import { closeDatabase, type Database } from "#lib/db/database";
import { pruneIdempotencyKeys } from "#lib/idempotency/find-idempotent";
import { generateKey } from "#lib/keys/generate-key";
import { createMember } from "#lib/organizations/testing/test-member";
import { toAuthor } from "#lib/posts/accept-post";
import { createPost, toIdentity } from "#lib/posts/create-post";
import type { Draft } from "#lib/posts/to-draft";
import { useSettings } from "#lib/testing/process-state";

let db: Database;
let ada: MemberActor;

beforeAll(async () => {
  useSettings();
  db = await useAccountsDatabase();
});
afterAll(closeDatabase);
beforeEach(async () => {
  ada = await createMember();
});

const toDraft = (text: string, more: Partial<Draft> = {}): Draft => ({
  accountId: undefined,
  network: undefined,
  parts: [{ text, mediaUrls: [], altTexts: [] }],
  scheduledAt: null,
  ...more,
});
const create = (draft: Draft, key?: string, isDone = true, author = ada) =>
  createPost(
    toAuthor(author, { id: author.userId, name: "Ada", email: "ada@example.com" }, undefined),
    draft,
    key === undefined ? undefined : { key, busySeconds: 20 },
    {
      canClaim: () => isDone,
    },
  );
const idOf = (made: Awaited<ReturnType<typeof create>>) => ("post" in made ? made.post.id : made.earlierId);
const countPosts = () => db.prisma.post.count({ where: { organizationId: ada.organizationId } });
const age = (hours: number) => db.prisma.$executeRaw`
  UPDATE idempotency_keys SET created_at = now() - make_interval(mins => ${Math.round(hours * 60)}::int)
  WHERE organization_id = ${ada.organizationId}::uuid`;

test("a repeated key makes nothing, and names the post that it made", async () => {
  const first = await create(toDraft("Hello"), "key");
  expect(await create(toDraft("Hello"), "key")).toEqual({ earlierId: idOf(first) });
  expect(await countPosts()).toBe(1);
});

test("a post of the console has its author, and one of a key has the key alone", async () => {
  const { id: keyId } = await generateKey(ada, { name: "Production" }, undefined);
  await create(toDraft("Mine"));
  await createPost({ organizationId: ada.organizationId, keyId }, toDraft("A program's"), undefined);
  const posts = await db.prisma.post.findMany({
    where: { organizationId: ada.organizationId },
    orderBy: { createdAt: "asc" },
  });
  expect(posts.map((post) => [post.keyId, post.authorId])).toEqual([
    [null, ada.userId],
    [keyId, null],
  ]);
});

test("without a key, the same post twice is two posts", async () => {
  await create(toDraft("Hello"));
  await create(toDraft("Hello"));
  expect(await countPosts()).toBe(2);
});

test.each<[string, Draft]>([
  ["another text", toDraft("Goodbye")],
  ["another time", toDraft("Hello", { scheduledAt: new Date(Date.now() + 3_600_000) })],
  ["another network", toDraft("Hello", { network: "sandbox" })],
])("a key stands for its own body: %s is refused", async (_what, draft) => {
  await create(toDraft("Hello"), "key");
  await expect(create(draft, "key")).rejects.toMatchObject({ code: "IdempotencyConflict", status: 409 });
  expect(await countPosts()).toBe(1);
});

test("another body is told as such, also while the first is under way", async () => {
  await create(toDraft("Hello"), "key", false);
  await expect(create(toDraft("Goodbye"), "key")).rejects.toMatchObject({ code: "IdempotencyConflict" });
});

test("while the first has not been answered, the second is told when to come back", async () => {
  await create(toDraft("Hello"), "key", false);
  const refusal = await create(toDraft("Hello"), "key").catch((error) => error);
  expect(refusal).toMatchObject({ code: "IdempotencyInProgress", status: 409 });
  expect(refusal.members.retry_after).toBeGreaterThan(15);
  expect(refusal.members.retry_after).toBeLessThanOrEqual(20);
  expect(refusal.headers).toEqual({ "Retry-After": String(refusal.members.retry_after) });
  // The process that had it died: nobody is at it any more.
  await db.prisma
    .$executeRaw`UPDATE idempotency_keys SET busy_until = now() WHERE organization_id = ${ada.organizationId}::uuid`;
  expect(await create(toDraft("Hello"), "key")).toMatchObject({ earlierId: expect.any(String) });
});

test("of ten at once with one key, one makes the post and all name it", async () => {
  const made = await Promise.all(Array.from({ length: 10 }, () => create(toDraft("Hello"), "key")));
  expect(new Set(made.map(idOf)).size).toBe(1);
  expect(made.filter((one) => "post" in one)).toHaveLength(1);
  expect(await countPosts()).toBe(1);
});

test("a key stands for its post for 24 hours, and then for the next", async () => {
  const first = idOf(await create(toDraft("Hello"), "key"));
  await age(23.9);
  await pruneIdempotencyKeys();
  expect(idOf(await create(toDraft("Hello"), "key"))).toBe(first);
  await age(24.1);
  const second = idOf(await create(toDraft("Goodbye"), "key"));
  expect(second).not.toBe(first);
  expect(idOf(await create(toDraft("Goodbye"), "key"))).toBe(second);
});

test("a key is its organization's own", async () => {
  const other = await createMember();
  const [mine, theirs] = [await create(toDraft("Hello"), "key"), await create(toDraft("Bye"), "key", true, other)];
  expect(idOf(theirs)).not.toBe(idOf(mine));
});

test("what is refused leaves its key free", async () => {
  await expect(create(toDraft("Hello", { accountId: randomUUID() }), "key")).rejects.toMatchObject({
    code: "InvalidAccountId",
  });
  expect(await create(toDraft("Hello"), "key")).toHaveProperty("post");
});

test("a repetition finds its post when the account is gone", async () => {
  const first = idOf(await create(toDraft("Hello"), "key"));
  await db.prisma.socialAccount.updateMany({
    where: { organizationId: ada.organizationId },
    data: { disconnectedAt: new Date() },
  });
  expect(await create(toDraft("Hello"), "key")).toEqual({ earlierId: first });
});

test("every part has an identity that depends on its post and its place alone", async () => {
  expect([toIdentity("p", 0), toIdentity("p", 1), toIdentity("q", 0), toIdentity("p", 0)]).toEqual([
    "p-0",
    "p-1",
    "q-0",
    "p-0",
  ]);
});

test("what is meant for later is never published now", async () => {
  const made = await create(toDraft("Later", { scheduledAt: new Date(Date.now() + 60_000) }));
  expect(made).toMatchObject({ post: { status: "scheduled", publishedAt: null } });
  expect(await create(toDraft("Now"))).toMatchObject({ post: { status: "published" } });
});
