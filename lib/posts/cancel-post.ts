import { database } from "#lib/db/database";
import { isUuid } from "#lib/db/is-uuid";
import { ApiError } from "#lib/errors";
import { holdKey } from "#lib/keys/hold-key";
import type { Author } from "#lib/posts/accept-post";
import { getPost } from "#lib/posts/get-post";
import { type Post, WAITING_STATUSES } from "#lib/posts/schema";
import { POST_INCLUDE, toPost } from "#lib/posts/to-post";
import { say } from "#lib/problems/problem";

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
