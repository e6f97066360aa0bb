import { database } from "#lib/db/database";
import type { PublishedPart } from "#lib/networks/connector";
import type { ClaimedPost } from "#lib/publishing/claim-post";
import { ClaimLostError, LEASE_SECONDS } from "#lib/publishing/lease";

/** Commits that the network has a part. Throws `ClaimLostError`; whoever has the post then finds the part there, too. */
export const recordPart = async (post: ClaimedPost, index: number, published: PublishedPart): Promise<void> => {
  const { prisma } = await database();
  const { networkPostId, url, reference } = published;
  const recorded = await prisma.$executeRaw`
    WITH mine AS (
      UPDATE posts SET failures = 0, wake_at = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
      WHERE id = ${post.id}::uuid AND claim_id = ${post.claimId}::uuid AND status = 'publishing' RETURNING id
    )
    UPDATE post_parts SET network_post_id = ${networkPostId}, url = ${url}, published_at = clock_timestamp(),
                          reference = ${JSON.stringify(reference)}::jsonb
    FROM mine WHERE post_id = mine.id AND index = ${index}::int`;
  if (recorded === 0) throw new ClaimLostError(post.id);
  // As the row has it now: what fails from here on is the first failure in a row.
  post.failures = 0;
};
