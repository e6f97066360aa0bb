import { database } from "#lib/db/database";
import type { ClaimedPost } from "#lib/publishing/claim-post";
import { ClaimLostError, LEASE_SECONDS } from "#lib/publishing/lease";

/**
 * Commits that a part is about to be sent and what identifies it at the network, and returns that with the moment it carries:
 * this one, unless the network may have the part from before. From here on nobody sends it again without asking the
 * network. Throws `ClaimLostError`.
 */
export const writeBoundary = async (
  post: ClaimedPost,
  index: number,
  newIdentity: string,
): Promise<{ identity: string; createdAt: Date }> => {
  const { prisma } = await database();
  const [part] = await prisma.$queryRaw<{ identity: string; createdAt: Date }[]>`
    WITH mine AS (
      UPDATE posts SET wake_at = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
      WHERE id = ${post.id}::uuid AND claim_id = ${post.claimId}::uuid AND status = 'publishing' RETURNING id, attempts
    ), attempt AS (
      UPDATE post_attempts SET part = ${index}::int, boundary_at = clock_timestamp()
      FROM mine WHERE post_id = mine.id AND number = mine.attempts
    )
    INSERT INTO post_parts (post_id, index, identity, identity_at, boundary_at)
    SELECT id, ${index}::int, ${newIdentity}, clock_timestamp(), clock_timestamp() FROM mine
    ON CONFLICT (post_id, index) DO UPDATE
    SET boundary_at = EXCLUDED.boundary_at,
        identity_at = CASE WHEN post_parts.boundary_at IS NULL THEN EXCLUDED.identity_at ELSE post_parts.identity_at END
    RETURNING identity, identity_at AS "createdAt"`;
  if (!part) throw new ClaimLostError(post.id);
  return part;
};
