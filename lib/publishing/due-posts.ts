import { channel } from "node:diagnostics_channel";
import { database } from "#lib/db/database";
import { type Claim, claimOne, type DueTable } from "#lib/due/claim";
import { WHOLE_POST_INCLUDE, type WholePost } from "#lib/posts/to-post";

const SEEN_SECONDS = 30;

/**
 * Since when somebody has been publishing without an hour's break, by the database's clock, in SQL. Which process asks, and for
 * how long it has been there, does not matter.
 */
const PRESENT_SINCE = `(
  SELECT CASE WHEN seen_at < statement_timestamp() - interval '1 hour' THEN statement_timestamp() ELSE since END
  FROM publishing_presence)`;

let seenAt = Number.NEGATIVE_INFINITY;

/** Notes that somebody is there to publish; a break of more than an hour is over then, and was one. */
export const notePresence = async (): Promise<void> => {
  if (performance.now() - seenAt < SEEN_SECONDS * 1000) return;
  const { prisma } = await database();
  await prisma.$executeRawUnsafe(
    `UPDATE publishing_presence SET since = ${PRESENT_SINCE}, seen_at = greatest(seen_at, statement_timestamp())`,
  );
  seenAt = performance.now();
};

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

/** What has just been done for a post, in this order for each part. */
export type Step = "claimed" | "prepared" | "boundary" | "answered" | "recorded";

const steps = channel("boring:publishing");

/** Tells whoever listens on the diagnostics channel `boring:publishing` how far a post is. Nobody does by default. */
export const markStep = (step: Step, postId: string): void => {
  if (steps.hasSubscribers) steps.publish({ step, postId });
};
