import { randomUUID } from "node:crypto";
import { getAccount } from "#lib/accounts/get-account";
import { database } from "#lib/db/database";
import type { Prisma } from "#lib/db/generated/client";
import { claimIdempotencyKey } from "#lib/idempotency/claim-idempotency-key";
import { holdKey } from "#lib/keys/hold-key";
import { checkDraft } from "#lib/posts/check-draft";
import type { Post } from "#lib/posts/schema";
import type { Draft } from "#lib/posts/to-draft";
import { POST_INCLUDE, toPost } from "#lib/posts/to-post";

type Author = { id: string; userId: string };

/**
 * Publishes a draft on behalf of a key and returns the post, committed. The sandbox is a page over these rows, so
 * accepting and publishing are one transaction. A repeated idempotency key returns the post that it made before.
 */
export const createPost = async (
  author: Author,
  draft: Draft,
  idempotencyKey: string | undefined,
): Promise<{ post: Post; isReplayed: boolean }> => {
  checkDraft(draft);
  const { prisma } = await database();
  return prisma.$transaction(async (tx) => {
    await holdKey(tx, author.id);
    const claim = { userId: author.userId, scope: "posts" as const, body: draft, resourceId: randomUUID() };
    const earlierId = idempotencyKey && (await claimIdempotencyKey(tx, { ...claim, key: idempotencyKey }));
    if (earlierId) {
      const row = await tx.post.findUniqueOrThrow({ where: { id: earlierId }, include: POST_INCLUDE });
      return { post: toPost(row), isReplayed: true };
    }
    return { post: await insertPost(tx, author, draft, claim.resourceId), isReplayed: false };
  });
};

async function insertPost(tx: Prisma.TransactionClient, author: Author, draft: Draft, id: string): Promise<Post> {
  const account = await getAccount(tx, author.userId, draft.accountId);
  const row = await tx.post.create({
    data: {
      id,
      userId: author.userId,
      accountId: account.id,
      keyId: author.id,
      status: "published",
      parts: draft.parts,
      attempts: 1,
      publishedAt: new Date(),
    },
    include: POST_INCLUDE,
  });
  return toPost(row);
}
