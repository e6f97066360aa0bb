import { database } from "#lib/db/database";
import type { Prisma } from "#lib/db/generated/client";
import { isUuid } from "#lib/db/sql-values";
import { ApiError } from "#lib/errors";
import { holdKey } from "#lib/keys/end-key";
import { holdMembership } from "#lib/organizations/as-member";
import type { Author } from "#lib/posts/accept-post";
import { getPost } from "#lib/posts/list-posts";
import { type Post, WAITING_STATUSES } from "#lib/posts/schema";
import { POST_INCLUDE, toPost } from "#lib/posts/to-post";
import { say } from "#lib/problems/problem";

/**
 * How a post is retried:
 * - `retry`: a failed post continues with the part that failed;
 * - `check`: a post with an unknown outcome asks the network again;
 * - `force`: either kind sends again, even if the part may already be published.
 */
export type Again = "retry" | "check" | "force";

const STATES: Record<Again, string[]> = { retry: ["failed"], check: ["unknown"], force: ["failed", "unknown"] };

/** Keeps the key, or the member, able to write until the transaction ends. */
const holdAuthor = async (tx: Prisma.TransactionClient, author: Author): Promise<unknown> =>
  author.keyId === null
    ? holdMembership(tx, { organizationId: author.organizationId, userId: author.user.id }, "posts.write")
    : holdKey(tx, author.keyId);

/** Queues a post for another attempt, due now, and returns it. Throws 404, and 409 `InvalidState` for the wrong state. */
export const retryPost = async (author: Author, postId: string | undefined, again: Again): Promise<Post> => {
  const { organizationId, locale } = author;
  const { prisma } = await database();
  const taken = await prisma.$transaction(async (tx) => {
    await holdAuthor(tx, author);
    if (!isUuid(postId)) return undefined;
    const count = await tx.$executeRaw`
      UPDATE posts SET status = 'queued', failures = 0, wake_at = clock_timestamp(), error = NULL, problem = NULL, error_name = NULL
      WHERE id = ${postId}::uuid AND organization_id = ${organizationId}::uuid AND status = ANY(${STATES[again]})`;
    if (count === 0) return undefined;
    const uncertain = { postId, publishedAt: null, boundaryAt: { not: null } };
    // The caller has accepted that the part may then be published twice.
    if (again === "force") await tx.postPart.updateMany({ where: uncertain, data: { boundaryAt: null } });
    // The network is asked first about parts that may be published. Such a post cannot be cancelled.
    else if (await tx.postPart.count({ where: uncertain })) {
      await tx.post.update({ where: { id: postId }, data: { status: "publishing" } });
    }
    // Read before the commit: an error after it would wrongly say that nothing was done.
    return toPost(await tx.post.findUniqueOrThrow({ where: { id: postId }, include: POST_INCLUDE }), locale);
  });
  if (taken) return taken;
  const { status } = await getPost(organizationId, postId);
  const message = status === "unknown" ? say("post_perhaps_published") : say("post_past_retrying", { status });
  throw new ApiError("InvalidState", message);
};

/**
 * Cancels a post that is still `scheduled` or `queued`. Throws 404, and 409 `InvalidState` for any other state. If a worker
 * claims the post at the same time, the first one wins.
 */
export const cancelPost = async (author: Author, postId: string | undefined): Promise<Post> => {
  const { organizationId, locale } = author;
  const { prisma } = await database();
  const cancelled = await prisma.$transaction(async (tx) => {
    await holdAuthor(tx, author);
    if (!isUuid(postId)) return undefined;
    const where = { id: postId, organizationId, status: { in: WAITING_STATUSES } };
    const { count } = await tx.post.updateMany({ where, data: { status: "cancelled", wakeAt: null } });
    if (count === 0) return undefined;
    // Read before the commit: an error after it would wrongly say that nothing was done.
    return toPost(await tx.post.findUniqueOrThrow({ where: { id: postId }, include: POST_INCLUDE }), locale);
  });
  if (cancelled) return cancelled;
  const { status } = await getPost(organizationId, postId);
  throw new ApiError("InvalidState", say("post_past_cancelling", { status }));
};
