import { database } from "#lib/db/database";
import type { Prisma } from "#lib/db/generated/client";
import { announcePost } from "#lib/publishing/announce-post";
import type { ClaimedPost } from "#lib/publishing/claim-post";
import { ClaimLostError } from "#lib/publishing/lease";
import { openQueue, QUEUES } from "#lib/queue/open-queue";
import { sendJob } from "#lib/queue/send-job";

/** How an attempt ended. */
export type Ending = {
  /** `queued` waits for the next attempt; `publishing` waits to ask the network what it has. */
  status: "published" | "failed" | "unknown" | "queued" | "publishing";
  /** Why, for the user. */
  reason?: string;
  errorName?: string;
  waitMilliseconds?: number;
  /** Part of which the network certainly has nothing, although it was about to be sent. */
  unsentPart?: number | undefined;
};

/**
 * Commits how an attempt ended, in one transaction with what follows from it: the job for the next attempt, or word to
 * whoever subscribed to the post's end. `also` joins in. Throws `ClaimLostError`.
 */
export const settlePost = async (
  post: ClaimedPost,
  ending: Ending,
  also: (tx: Prisma.TransactionClient) => Promise<void> = async () => {},
): Promise<void> => {
  const { prisma } = await database();
  const queue = await openQueue();
  await prisma.$transaction(async (tx) => {
    const settled = await write(tx, post, ending);
    if (!settled) throw new ClaimLostError(post.id);
    await also(tx);
    const { wakeAt } = settled;
    if (wakeAt) await sendJob(queue, tx, { name: QUEUES.posts, id: post.id, startAfter: wakeAt });
    else await announcePost(tx, post.id);
  });
};

async function write(tx: Prisma.TransactionClient, post: ClaimedPost, ending: Ending) {
  const { status, reason = null, errorName = null, waitMilliseconds, unsentPart = -1 } = ending;
  const isOver = waitMilliseconds === undefined;
  const outcome = isOver ? status : "later";
  const [settled] = await tx.$queryRaw<{ wakeAt: Date | null }[]>`
    WITH settled AS (
      UPDATE posts
      SET status = ${status}, claim_id = NULL, failures = ${status === "published" ? 0 : post.failures + 1}::int,
          error = ${isOver ? reason : null}, error_name = ${isOver ? errorName : null},
          published_at = CASE WHEN ${status} = 'published' THEN clock_timestamp() END,
          wake_at = clock_timestamp() + make_interval(secs => ${isOver ? null : waitMilliseconds / 1000}::float8)
      WHERE id = ${post.id}::uuid AND claim_id = ${post.claimId}::uuid AND status = 'publishing'
      RETURNING id, attempts, wake_at
    ), attempt AS (
      UPDATE post_attempts SET outcome = ${outcome}, reason = ${reason}, finished_at = clock_timestamp()
      FROM settled WHERE post_id = settled.id AND number = settled.attempts
    ), unsent AS (
      UPDATE post_parts SET boundary_at = NULL
      FROM settled WHERE post_id = settled.id AND index = ${unsentPart}::int AND published_at IS NULL
    )
    SELECT wake_at AS "wakeAt" FROM settled`;
  return settled;
}
