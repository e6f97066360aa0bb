import { randomUUID } from "node:crypto";
import { getAccount } from "#lib/accounts/get-account";
import { holdAccount } from "#lib/accounts/hold-account";
import { database } from "#lib/db/database";
import type { Prisma } from "#lib/db/generated/client";
import { claimIdempotencyKey } from "#lib/idempotency/claim-idempotency-key";
import { findIdempotent } from "#lib/idempotency/find-idempotent";
import { holdKey } from "#lib/keys/hold-key";
import { checkDraft } from "#lib/posts/check-draft";
import { checkMedia } from "#lib/posts/check-media";
import type { Draft } from "#lib/posts/to-draft";
import { openQueue, QUEUES, type Queue } from "#lib/queue/open-queue";
import { sendJob } from "#lib/queue/send-job";

/** Who posts: a user, by a key or in the console. */
export type Author = { userId: string; keyId: string | null };

/** What a caller says about repetitions of a request: its key, and how long the first may take to answer. */
export type Idempotency = { key: string; busySeconds: number };

/**
 * Accepts a draft: the post and the job to publish it are committed together, and its id is returned. What the network
 * would refuse is refused before. A repeated idempotency key returns the post that it made before, whatever has become
 * of its account since.
 */
export const createPost = async (
  author: Author,
  draft: Draft,
  idempotency: Idempotency | undefined,
  waitSeconds = 0,
): Promise<{ postId: string; isReplayed: boolean }> => {
  const { prisma } = await database();
  const postId = randomUUID();
  const claim = idempotency && { ...idempotency, userId: author.userId, scope: "posts" as const, body: draft };
  const earlierId = claim && (await findIdempotent(claim));
  if (earlierId) return { postId: earlierId, isReplayed: true };
  const account = await getAccount(prisma, author.userId, draft.accountId);
  checkDraft(draft, account);
  const warnings = await checkMedia(draft, account, { postId, waitSeconds });
  const queue = await openQueue();
  return prisma.$transaction(async (tx) => {
    if (author.keyId) await holdKey(tx, author.keyId);
    const madeMeanwhile = claim && (await claimIdempotencyKey(tx, { ...claim, resourceId: postId }));
    if (madeMeanwhile) return { postId: madeMeanwhile, isReplayed: true };
    await holdAccount(tx, account.id);
    await insertPost(queue, tx, { author, draft, postId, accountId: account.id, warnings });
    return { postId, isReplayed: false };
  });
};

async function insertPost(
  queue: Queue,
  tx: Prisma.TransactionClient,
  accepted: { author: Author; draft: Draft; postId: string; accountId: string; warnings: string[] },
): Promise<void> {
  const { postId: id, accountId, warnings } = accepted;
  const { parts, scheduledAt } = accepted.draft;
  const wakeAt = scheduledAt ?? new Date();
  const status = scheduledAt ? "scheduled" : "queued";
  await tx.post.create({ data: { ...accepted.author, id, accountId, status, parts, scheduledAt, wakeAt, warnings } });
  await sendJob(queue, tx, { name: QUEUES.posts, id, startAfter: wakeAt });
}
