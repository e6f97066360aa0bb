import { database } from "#lib/db/database";
import type { ClaimedPost } from "#lib/publishing/claim-post";
import { ClaimLostError, LEASE_SECONDS } from "#lib/publishing/lease";

/**
 * Commits that a part is about to be sent and what identifies it at the network, and returns that identity: the one it
 * had before, if it has one. From here on nobody sends it again without asking the network. Throws `ClaimLostError`.
 */
export const writeBoundary = async (post: ClaimedPost, index: number, newIdentity: string): Promise<string> => {
  const { prisma } = await database();
  const [part] = await prisma.$queryRaw<{ identity: string }[]>`
    WITH mine AS (
      UPDATE posts SET wake_at = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
      WHERE id = ${post.id}::uuid AND claim_id = ${post.claimId}::uuid AND status = 'publishing' RETURNING id, attempts
    ), attempt AS (
      UPDATE post_attempts SET part = ${index}::int, boundary_at = clock_timestamp()
      FROM mine WHERE post_id = mine.id AND number = mine.attempts
    )
    INSERT INTO post_parts (post_id, index, identity, boundary_at)
    SELECT id, ${index}::int, ${newIdentity}, clock_timestamp() FROM mine
    ON CONFLICT (post_id, index) DO UPDATE SET boundary_at = EXCLUDED.boundary_at
    RETURNING identity`;
  if (!part) throw new ClaimLostError(post.id);
  return part.identity;
};
