import { database } from "#lib/db/database";
import { type Claim, claimOne } from "#lib/due/claim";
import type { DueTable } from "#lib/due/due-table";
import { WHOLE_POST_INCLUDE, type WholePost } from "#lib/posts/whole-post";
import { PRESENT_SINCE } from "#lib/publishing/presence";

/** Posts as work. Nothing was at them for an hour when they are late: they were missed, unless they may have been sent. */
export const POSTS: DueTable = {
  name: "posts",
  lane: "account_id",
  setting: "status = 'publishing', attempts = posts.attempts + 1",
  doing: `
    abandoned AS (
      UPDATE post_attempts SET outcome = 'lapsed', finished_at = clock_timestamp()
      FROM claimed WHERE post_id = claimed.id AND number = claimed.attempts - 1 AND outcome IS NULL
    ), begun AS (
      INSERT INTO post_attempts (post_id, number, started_at) SELECT id, attempts, clock_timestamp() FROM claimed
    )`,
  telling: `due.wake_at < ${PRESENT_SINCE} - interval '1 hour' AS "isLate"`,
};

/** A post that is claimed. */
export type PostClaim = Claim & { isLate: boolean };

/** A post that this process alone sees to, as its row is: whoever writes the row keeps this up to date. */
export type ClaimedPost = WholePost & {
  claimId: string;
  isLate: boolean;
  /** Whether it was accepted and claimed in one: then its first part may be past its boundary, and somebody waits. */
  isFresh: boolean;
};

/** Posts as they are once they were claimed, by their ids. */
export const readClaimed = async (claims: PostClaim[]): Promise<Map<string, ClaimedPost>> => {
  const { prisma } = await database();
  const rows = await prisma.post.findMany({
    where: { id: { in: claims.map(({ id }) => id) } },
    include: WHOLE_POST_INCLUDE,
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return new Map(
    claims.flatMap(({ id, claimId, isLate }) => {
      const row = byId.get(id);
      return row?.claimId === claimId ? [[id, { ...row, claimId, isLate, isFresh: false }] as const] : [];
    }),
  );
};

/** Claims a post, or undefined when there is nothing to do: it is not due, settled, or somebody else's. */
export const claimPost = async (postId: string): Promise<ClaimedPost | undefined> => {
  const claim = await claimOne<PostClaim>(POSTS, postId);
  return claim && (await readClaimed([claim])).get(postId);
};
