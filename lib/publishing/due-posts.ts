import { channel } from "node:diagnostics_channel";
import { database } from "#lib/db/database";
import { type Claim, claimOne, type DueTable, joinClaims } from "#lib/due/claim";
import { WHOLE_POST_INCLUDE, type WholePost } from "#lib/posts/to-post";

const SEEN_SECONDS = 30;

/**
 * Since when some process has been publishing without a break of an hour, by the database's clock, in SQL. It does not
 * matter which process it was, or for how long it has run.
 */
const PRESENT_SINCE = `(
  SELECT CASE WHEN seen_at < statement_timestamp() - interval '1 hour' THEN statement_timestamp() ELSE since END
  FROM publishing_presence)`;

let seenAt = Number.NEGATIVE_INFINITY;

/** Records that a process is publishing now. After a break of more than an hour, a new period of presence begins. */
export const notePresence = async (): Promise<void> => {
  if (performance.now() - seenAt < SEEN_SECONDS * 1000) return;
  const { prisma } = await database();
  await prisma.$executeRawUnsafe(
    `UPDATE publishing_presence SET since = ${PRESENT_SINCE}, seen_at = greatest(seen_at, statement_timestamp())`,
  );
  seenAt = performance.now();
};

/**
 * The posts table as work. A post is late if, since it was due, no process was publishing for an hour. A late post counts
 * as missed, unless it may have been sent.
 */
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

/** A claim on a post. */
export type PostClaim = Claim & { isLate: boolean };

/** A post that only this process works on, as its row is. Code that writes the row also updates this object. */
export type ClaimedPost = WholePost & {
  claimId: string;
  isLate: boolean;
  /** Whether one statement accepted and claimed it. Then its first part may be past its boundary, and a caller waits. */
  isFresh: boolean;
};

/** Reads claimed posts by id, without those whose claim is lost. */
export const readClaimed = async (claims: PostClaim[]): Promise<Map<string, ClaimedPost>> => {
  const { prisma } = await database();
  const rows = await prisma.post.findMany({
    where: { id: { in: claims.map(({ id }) => id) } },
    include: WHOLE_POST_INCLUDE,
  });
  const claimed = [...joinClaims(claims, rows)];
  return new Map(claimed.map(([id, { claim, ...row }]) => [id, { ...row, isLate: claim.isLate, isFresh: false }]));
};

/** Claims a post. Returns undefined when the post is not due, is settled, or is held by another process. */
export const claimPost = async (postId: string): Promise<ClaimedPost | undefined> => {
  const claim = await claimOne<PostClaim>(POSTS, postId);
  return claim && (await readClaimed([claim])).get(postId);
};

/** A completed step in publishing a post. Each part goes through them in this order. */
export type Step = "claimed" | "prepared" | "boundary" | "answered" | "recorded";

const steps = channel("boring:publishing");

/** Publishes a post's progress on the diagnostics channel `boring:publishing`, which has no subscribers by default. */
export const markStep = (step: Step, postId: string): void => {
  if (steps.hasSubscribers) steps.publish({ step, postId });
};
