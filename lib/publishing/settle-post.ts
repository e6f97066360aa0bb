import { database } from "#lib/db/database";
import type { Prisma } from "#lib/db/generated/client";
import { announcePost } from "#lib/publishing/announce-post";
import type { ClaimedPost } from "#lib/publishing/claim-post";
import { ClaimLostError } from "#lib/publishing/lease";
import { openQueue, QUEUES, type Queue } from "#lib/queue/open-queue";
import { sendJob } from "#lib/queue/send-job";

/** How an attempt ended: with the post settled, or with a moment at which it is seen to again. */
export type Ending = {
  /** Why, for the user. */
  reason?: string;
  /** Whether it counts as one; it does unless said otherwise. */
  isFailure?: boolean;
  /** Part of which the network certainly has nothing, although it was about to be sent. */
  unsentPart?: number | undefined;
} & (
  | { status: "published" | "failed" | "unknown"; errorName?: string }
  /** `queued` waits to be tried again, `publishing` to ask the network what it has. */
  | { status: "queued" | "publishing"; waitMilliseconds: number }
);

/**
 * Commits how an attempt ended, in one transaction with what follows from it: the job for the next one, or word to
 * whoever subscribed to the post's end. `also` joins in. Throws `ClaimLostError`.
 */
export const settlePost = async (
  post: ClaimedPost,
  ending: Ending,
  also: (queue: Queue, tx: Prisma.TransactionClient) => Promise<void> = async () => {},
): Promise<void> => {
  const { prisma } = await database();
  const queue = await openQueue();
  await prisma.$transaction(async (tx) => {
    const written = await write(tx, post, ending);
    if (!written) throw new ClaimLostError(post.id);
    await also(queue, tx);
    const { status } = ending;
    if (status !== "queued" && status !== "publishing") return announcePost(queue, tx, post, status);
    await sendJob(queue, tx, { name: QUEUES.posts, id: post.id, startAfter: written.wakeAt ?? new Date() });
  });
};

async function write(tx: Prisma.TransactionClient, post: ClaimedPost, ending: Ending) {
  const { status, reason = null, isFailure = true, unsentPart = -1 } = ending;
  const failures = status === "published" ? 0 : post.failures + Number(isFailure);
  const waitSeconds = "waitMilliseconds" in ending ? ending.waitMilliseconds / 1000 : null;
  const errorName = "errorName" in ending ? (ending.errorName ?? null) : null;
  const outcome = waitSeconds === null ? status : "later";
  const [written] = await tx.$queryRaw<{ wakeAt: Date | null }[]>`
    WITH settled AS (
      UPDATE posts
      SET status = ${status}, claim_id = NULL, failures = ${failures}::int,
          error = ${waitSeconds === null ? reason : null}, error_name = ${errorName},
          published_at = CASE WHEN ${status} = 'published' THEN clock_timestamp() END,
          wake_at = clock_timestamp() + make_interval(secs => ${waitSeconds}::float8)
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
  return written;
}
