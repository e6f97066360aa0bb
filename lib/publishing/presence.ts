import { database } from "#lib/db/database";

const SEEN_SECONDS = 30;

/**
 * Since when somebody has been publishing without an hour's break, by the database's clock, in SQL. Which process asks, and for
 * how long it has been there, does not matter.
 */
export const PRESENT_SINCE = `(
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
