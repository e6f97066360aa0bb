/** How long a lease is good for: tokens that an instance has taken and not spent by then are forgotten. */
export const LEASE_SECONDS = 1;

const WINDOW_MILLISECONDS = 60_000;
// What adding fractions loses must not cost a second of waiting.
const ROUNDING = 1e-6;

/** Tokens that were in a key's bucket at a moment, in milliseconds. */
export type Bucket = { tokens: number; refilledAt: number };

/** Tokens for requests that wait, and to spare for those that will come. */
export type Wish = { limit: number; needed: number; spare: number };

/**
 * Takes up to so many whole tokens from a bucket that holds a minute's and refills evenly; no bucket is a full one.
 * Spare tokens count as spent when their lease ends, so that what is leased and what is in the bucket never exceed
 * the limit together.
 */
export const takeFromBucket = (
  bucket: Bucket | undefined,
  { limit, needed, spare }: Wish,
  moment: number,
): Bucket & { granted: number } => {
  const now = Math.max(moment, bucket?.refilledAt ?? moment);
  const level = bucket ? levelAt(bucket, limit, now) : limit;
  const granted = Math.min(needed + spare, wholeTokens(level));
  const most = granted > needed ? limit - (granted - needed) - (limit / 60) * LEASE_SECONDS : limit;
  return { tokens: Math.min(level - granted, most), refilledAt: now, granted };
};

/** How full the bucket is at a later moment. */
export const levelAt = ({ tokens, refilledAt }: Bucket, limit: number, now: number): number =>
  Math.min(limit, tokens + ((now - refilledAt) * limit) / WINDOW_MILLISECONDS);

/** When the bucket will hold so many tokens. */
export const momentOf = (level: number, { tokens, refilledAt }: Bucket, limit: number): number =>
  refilledAt + Math.max(0, ((level - tokens) * WINDOW_MILLISECONDS) / limit);

/** How many requests a level is good for. */
export const wholeTokens = (level: number): number => Math.max(0, Math.floor(level + ROUNDING));
