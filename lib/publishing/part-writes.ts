import type { Statement } from "#lib/db/connection";
import { database } from "#lib/db/database";
import type { PostPart as PartRow } from "#lib/db/generated/client";
import { ClaimLostError, LEASE_END } from "#lib/due/claim";
import type { PublishedPart } from "#lib/networks/connector";
import type { ClaimedPost } from "#lib/publishing/due-posts";

// A process that was away for longer than its lease, for example asleep, must claim the post again. The new claim also
// decides again whether the post was missed.
const MINE = "id = $1::uuid AND claim_id = $2::uuid AND status = 'publishing' AND wake_at > clock_timestamp()";

export const WRITE_BOUNDARY: Statement = {
  name: "write-boundary",
  text: `
    WITH mine AS (
      UPDATE posts SET wake_at = ${LEASE_END} WHERE ${MINE} RETURNING id, attempts
    ), attempt AS (
      UPDATE post_attempts SET part = $3::int, boundary_at = clock_timestamp()
      FROM mine WHERE post_id = mine.id AND number = mine.attempts
    )
    INSERT INTO post_parts (post_id, index, identity, identity_at, boundary_at, handle)
    SELECT id, $3::int, $4::text, clock_timestamp(), clock_timestamp(), $5::jsonb FROM mine
    ON CONFLICT (post_id, index) DO UPDATE
    SET boundary_at = EXCLUDED.boundary_at, handle = EXCLUDED.handle,
        identity_at = CASE WHEN post_parts.boundary_at IS NULL THEN EXCLUDED.identity_at ELSE post_parts.identity_at END
    RETURNING identity, identity_at AS "identityAt"`,
};

/**
 * Commits that a part is about to be sent, with its identity at the network and the handle that is sent. Returns the identity
 * and its time: now, or the earlier time if the network may already have the part. After this, the part is never sent again
 * without asking the network. Throws `ClaimLostError`.
 */
export const writeBoundary = async (
  { id, claimId }: ClaimedPost,
  index: number,
  { identity, handle }: { identity: string; handle: unknown },
): Promise<Pick<PartRow, "identity" | "identityAt">> => {
  const { connection } = await database();
  const [part] = await connection.write<PartRow>(WRITE_BOUNDARY, [id, claimId, index, identity, toJson(handle)]);
  if (!part) throw new ClaimLostError(id);
  return part;
};

function toJson(handle: unknown): string | null {
  return handle === undefined ? null : JSON.stringify(handle);
}

export const RECORD_PART: Statement = {
  name: "record-part",
  text: `
    WITH mine AS (
      UPDATE posts SET failures = 0, wake_at = ${LEASE_END}
      WHERE id = $1::uuid AND claim_id = $2::uuid AND status = 'publishing' RETURNING id
    )
    UPDATE post_parts SET network_post_id = $4::text, url = $5::text, reference = $6::jsonb, published_at = clock_timestamp()
    FROM mine WHERE post_id = mine.id AND index = $3::int RETURNING post_parts.*`,
};

/** Commits that the network has a part. Throws `ClaimLostError`; the post's new holder will then find the part there too. */
export const recordPart = async (post: ClaimedPost, index: number, published: PublishedPart): Promise<void> => {
  const { connection } = await database();
  const { networkPostId, url, reference } = published;
  const values = [post.id, post.claimId, index, networkPostId, url, JSON.stringify(reference)];
  const [row] = await connection.write<{ identity: string; identity_at: Date; published_at: Date }>(
    RECORD_PART,
    values,
  );
  if (!row) throw new ClaimLostError(post.id);
  post.failures = 0;
  keepPart(post, { index, identity: row.identity, published }, row.published_at);
};

/** A published part that is not yet recorded in the database. */
export type Unrecorded = { index: number; identity: string; published: PublishedPart };

/** Updates the in-memory post with a part that was recorded as published. */
export const keepPart = (post: ClaimedPost, { index, identity, published }: Unrecorded, publishedAt: Date): void => {
  const moments = { identityAt: publishedAt, boundaryAt: publishedAt, publishedAt };
  const common = { postId: post.id, index, identity, handle: null, ...moments };
  const others = post.publishedParts.filter((part) => part.index !== index);
  post.publishedParts = [...others, { ...common, ...published }].sort((a, b) => a.index - b.index);
};
