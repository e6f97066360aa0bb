import { database } from "#lib/db/database";
import { isUuid } from "#lib/db/is-uuid";
import { ApiError } from "#lib/errors";
import { holdKey } from "#lib/keys/hold-key";
import type { Author } from "#lib/posts/create-post";
import { getPost } from "#lib/posts/get-post";
import { type Post, WAITING_STATUSES } from "#lib/posts/schema";

/**
 * Cancels a post that nobody has begun to publish: `scheduled` or `queued`. Throws 404, and 409 `InvalidState` for any
 * other state. Whoever comes first, this or a worker, has it.
 */
export const cancelPost = async ({ userId, keyId }: Author, postId: string | undefined): Promise<Post> => {
  const { prisma } = await database();
  const cancelled = await prisma.$transaction(async (tx) => {
    if (keyId) await holdKey(tx, keyId);
    if (!isUuid(postId)) return 0;
    const where = { id: postId, userId, status: { in: WAITING_STATUSES } };
    return (await tx.post.updateMany({ where, data: { status: "cancelled", wakeAt: null } })).count;
  });
  const post = await getPost(userId, postId);
  if (cancelled === 1) return post;
  throw new ApiError("InvalidState", `Only a post that waits can be cancelled; this one is ${post.status}.`);
};
