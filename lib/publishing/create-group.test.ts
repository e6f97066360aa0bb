import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { saveConnection } from "#lib/accounts/save-connection";
import { notes, toConnection } from "#lib/accounts/testing/test-connector";
import { useAccountsDatabase } from "#lib/accounts/testing/test-database";
import { closeDatabase, type Database } from "#lib/db/database";
import { type Author, toAuthor } from "#lib/posts/accept-post";
import { createGroup } from "#lib/posts/create-group";
import type { Draft } from "#lib/posts/to-draft";
import { startNetwork } from "#lib/publishing/testing/test-network";
import { createOwner, type Owner } from "#lib/publishing/testing/test-post";

vi.mock("#lib/networks/registry", async (original) =>
  (await import("#lib/accounts/testing/test-connector")).withNotes(original),
);

let db: Database;
let owner: Owner;
let author: Author;
/** Two accounts on the test network and one that is built in. */
let accountIds: string[];

beforeAll(async () => {
  db = await useAccountsDatabase();
});
afterAll(closeDatabase);
beforeEach(async () => {
  startNetwork();
  owner = await createOwner();
  author = toAuthor(owner.actor, { id: owner.actor.userId, name: null, email: "ada@example.com" }, undefined);
  const other = await saveConnection(owner.actor, notes.network, toConnection(randomUUID()));
  const { organizationId } = owner.actor;
  const builtIn = await db.prisma.socialAccount.findFirstOrThrow({ where: { organizationId, network: "sandbox" } });
  accountIds = [other.id, builtIn.id, owner.accountId];
});

const toDraft = (text: string, more: Partial<Draft> = {}): Draft => ({
  accountId: undefined,
  network: undefined,
  parts: [{ text, mediaUrls: [], altTexts: [] }],
  scheduledAt: null,
  ...more,
});
const create = (draft: Draft, ids = accountIds, key?: string) =>
  createGroup(author, { ...draft, accountIds: ids }, key === undefined ? undefined : { key, busySeconds: 0 }, 0);
const countPosts = () => db.prisma.post.count({ where: { organizationId: owner.actor.organizationId } });

test("each account gets a post of its own, in the order of the request, under one group id", async () => {
  const { posts, isReplayed } = await create(toDraft("Hello"));
  expect(posts.map(({ account_id }) => account_id)).toEqual(accountIds);
  const groupId = posts[0]?.group_id ?? "none";
  expect(posts.map(({ group_id }) => group_id)).toEqual([groupId, groupId, groupId]);
  expect(posts.every(({ status, text }) => status === "queued" && text[0] === "Hello")).toBe(true);
  expect(isReplayed).toBe(false);
  const rows = await db.prisma.post.findMany({ where: { groupId } });
  expect(rows).toHaveLength(3);
  expect(rows.every(({ wakeAt, authorId }) => wakeAt !== null && authorId === owner.actor.userId)).toBe(true);
});

test("a repeated key makes nothing, and names the group that it made, in the same order", async () => {
  const first = await create(toDraft("Hello"), accountIds, "key");
  const again = await create(toDraft("Hello"), accountIds, "key");
  expect(again).toEqual({ posts: first.posts, isReplayed: true });
  expect(await countPosts()).toBe(3);
});

test("the same key with other accounts is another request", async () => {
  await create(toDraft("Hello"), accountIds, "key");
  const conflict = create(toDraft("Hello"), accountIds.slice(1), "key");
  await expect(conflict).rejects.toMatchObject({ code: "IdempotencyConflict" });
});

test("twenty requests at once with one key make one group", async () => {
  const made = await Promise.all(Array.from({ length: 20 }, () => create(toDraft("Hello"), accountIds, "key")));
  expect(new Set(made.flatMap(({ posts }) => posts.map(({ group_id }) => group_id ?? posts))).size).toBe(1);
  expect(made.filter(({ isReplayed }) => !isReplayed)).toHaveLength(1);
  expect(await countPosts()).toBe(3);
});

test("a text that one of the networks refuses is posted to none, and the answer names the account", async () => {
  const tooLong = create(toDraft("x".repeat(301)));
  await expect(tooLong).rejects.toMatchObject({
    code: "TextTooLong",
    members: { account_id: accountIds[0], limit: 300 },
  });
  expect(await countPosts()).toBe(0);
});

test("an account of somebody else, or none, is named by its place, and nothing is posted", async () => {
  const stranger = await createOwner();
  for (const id of [stranger.accountId, randomUUID(), "no-id"]) {
    const refused = create(toDraft("Hello"), [accountIds[0] ?? "", id]);
    await expect(refused).rejects.toMatchObject({ code: "InvalidAccountId", fields: { "post.accountIds.1": [{}] } });
  }
  expect(await countPosts()).toBe(0);
});

test("a post that cannot be committed takes those before it with it", async () => {
  const [, second = ""] = accountIds.toSorted();
  // Stands for whatever keeps the second statement of the transaction from being carried out.
  await db.prisma.$executeRawUnsafe(`ALTER TABLE posts ADD CONSTRAINT refuse CHECK (account_id <> '${second}')`);
  try {
    await expect(create(toDraft("Hello"))).rejects.toThrow();
  } finally {
    await db.prisma.$executeRawUnsafe("ALTER TABLE posts DROP CONSTRAINT refuse");
  }
  expect(await countPosts()).toBe(0);
});

test("a group may be scheduled", async () => {
  const scheduledAt = new Date(Date.now() + 3_600_000);
  const { posts } = await create(toDraft("Later", { scheduledAt }));
  expect(posts.map(({ status }) => status)).toEqual(["scheduled", "scheduled", "scheduled"]);
});
