import { database } from "#lib/db/database";
import { isUuid } from "#lib/db/sql-values";
import { ApiError } from "#lib/errors";
import { holdKey } from "#lib/keys/end-key";
import type { Author } from "#lib/posts/accept-post";
import { getPost } from "#lib/posts/list-posts";
import { type Post, WAITING_STATUSES } from "#lib/posts/schema";
import { POST_INCLUDE, toPost } from "#lib/posts/to-post";
import { say } from "#lib/problems/problem";

/**
 * How a post is taken up again:
 * - `retry`: a failed one, from the part at which it failed;
 * - `check`: one whose outcome is unknown, by asking the network again;
 * - `force`: either, and what may be there already is sent again.
 */
export type Again = "retry" | "check" | "force";

const STATES: Record<Again, string[]> = { retry: ["failed"], check: ["unknown"], force: ["failed", "unknown"] };

/** Takes a post up again and returns it as it then is: due now. Throws 404, and 409 `InvalidState` for the wrong state. */
export const retryPost = async (
  { userId, keyId, locale }: Author,
  postId: string | undefined,
  again: Again,
): Promise<Post> => {
  const { prisma } = await database();
  const taken = await prisma.$transaction(async (tx) => {
    if (keyId) await holdKey(tx, keyId);
    if (!isUuid(postId)) return undefined;
    const count = await tx.$executeRaw`
      UPDATE posts SET status = 'queued', failures = 0, wake_at = clock_timestamp(), error = NULL, problem = NULL, error_name = NULL
      WHERE id = ${postId}::uuid AND user_id = ${userId}::uuid AND status = ANY(${STATES[again]})`;
    if (count === 0) return undefined;
    const uncertain = { postId, publishedAt: null, boundaryAt: { not: null } };
    // Whoever says so knows that it may then be there twice.
    if (again === "force") await tx.postPart.updateMany({ where: uncertain, data: { boundaryAt: null } });
    // What may be there already is asked about before anything else, and cannot be cancelled.
    else if (await tx.postPart.count({ where: uncertain })) {
      await tx.post.update({ where: { id: postId }, data: { status: "publishing" } });
    }
    // Read before it is committed: afterwards nothing may say that nothing was done.
    return toPost(await tx.post.findUniqueOrThrow({ where: { id: postId }, include: POST_INCLUDE }), locale);
  });
  if (taken) return taken;
  const { status } = await getPost(userId, postId);
  const message = status === "unknown" ? say("post_perhaps_published") : say("post_past_retrying", { status });
  throw new ApiError("InvalidState", message);
};

/**
 * Cancels a post that nobody has begun to publish: `scheduled` or `queued`. Throws 404, and 409 `InvalidState` for any
 * other state. Whoever comes first, this or a worker, has it.
 */
export const cancelPost = async ({ userId, keyId, locale }: Author, postId: string | undefined): Promise<Post> => {
  const { prisma } = await database();
  const cancelled = await prisma.$transaction(async (tx) => {
    if (keyId) await holdKey(tx, keyId);
    if (!isUuid(postId)) return undefined;
    const where = { id: postId, userId, status: { in: WAITING_STATUSES } };
    const { count } = await tx.post.updateMany({ where, data: { status: "cancelled", wakeAt: null } });
    if (count === 0) return undefined;
    // Read before it is committed: afterwards nothing may say that nothing was done.
    return toPost(await tx.post.findUniqueOrThrow({ where: { id: postId }, include: POST_INCLUDE }), locale);
  });
  if (cancelled) return cancelled;
  const { status } = await getPost(userId, postId);
  throw new ApiError("InvalidState", say("post_past_cancelling", { status }));
};
