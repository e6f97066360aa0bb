import { randomUUID } from "node:crypto";
import { database } from "#lib/db/database";
import type { Prisma } from "#lib/db/generated/client";
import { LEASE_SECONDS } from "#lib/publishing/lease";

const CLAIM_INCLUDE = { publishedParts: { orderBy: { index: "asc" } } } as const satisfies Prisma.PostInclude;

/** A post that this worker alone sees to. */
export type ClaimedPost = Prisma.PostGetPayload<{ include: typeof CLAIM_INCLUDE }> & {
  claimId: string;
  /** What it was before, and since when it was due. */
  before: { status: string; dueAt: Date };
};

/**
 * Claims a post that is due, so that no other worker sees to it, and begins an attempt. Null when there is nothing to do:
 * it is not due, settled, or somebody else's.
 */
export const claimPost = async (postId: string): Promise<ClaimedPost | null> => {
  const { prisma } = await database();
  const claimId = randomUUID();
  // Whoever claimed it before and left it is not at work any more.
  const [before] = await prisma.$queryRaw<{ status: string; dueAt: Date }[]>`
    WITH due AS (
      SELECT id, status, wake_at FROM posts
      WHERE id = ${postId}::uuid AND wake_at <= clock_timestamp() FOR UPDATE SKIP LOCKED
    ), claimed AS (
      UPDATE posts SET status = 'publishing', claim_id = ${claimId}::uuid, attempts = attempts + 1,
                       wake_at = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
      FROM due WHERE posts.id = due.id RETURNING posts.id, posts.attempts
    ), abandoned AS (
      UPDATE post_attempts SET outcome = 'lapsed', finished_at = clock_timestamp()
      FROM due WHERE post_id = due.id AND outcome IS NULL
    ), begun AS (
      INSERT INTO post_attempts (post_id, number, started_at) SELECT id, attempts, clock_timestamp() FROM claimed
    )
    SELECT status, wake_at AS "dueAt" FROM due`;
  if (!before) return null;
  const post = await prisma.post.findFirst({ where: { id: postId, claimId }, include: CLAIM_INCLUDE });
  return post && { ...post, claimId, before };
};
