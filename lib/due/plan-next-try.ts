/** How many attempts a delivery or a mail gets before it is given up. */
export const MAX_TRIES = 9;

// The delay triples each time, so nine attempts take about a day.
const FIRST_DELAY_MILLISECONDS = 26_000;
const GROWTH = 3;
const JITTER = 0.1;
const MAX_DELAY_MILLISECONDS = 86_400_000;

type Tried = { tries: number; retryAt: Date | undefined; now: Date; random?: number };

/** When to retry after this many attempts, no earlier than the receiver asks. Undefined when there is no further attempt. */
export const planNextTry = ({ tries, retryAt, now, random = Math.random() }: Tried): Date | undefined => {
  if (tries >= MAX_TRIES) return undefined;
  const spread = 1 - JITTER + 2 * JITTER * random;
  const planned = FIRST_DELAY_MILLISECONDS * GROWTH ** (tries - 1) * spread;
  const wanted = retryAt ? retryAt.getTime() - now.getTime() : 0;
  return new Date(now.getTime() + Math.min(Math.max(planned, wanted), MAX_DELAY_MILLISECONDS));
};
