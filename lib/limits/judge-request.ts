import { type Bucket, levelAt, momentOf, wholeTokens } from "#lib/limits/take-from-bucket";

/** What an instance knows of a key's bucket: the tokens that it has in hand until they go bad, and those left behind. */
export type Lease = { limit: number; inHand: number; goodUntil: number; bucket: Bucket };

/** A request of a key that was judged by its limit; times are whole seconds. */
export type Allowance = {
  isAllowed: boolean;
  limit: number;
  remaining: number;
  /** Until the key may make all its requests at once again. */
  resetSeconds: number;
  /** Until the next request is allowed, at least 1. */
  retrySeconds: number;
};

/** What is to be done with a request: spend a token in hand, refuse it, or ask the bucket for tokens. */
export const judgeRequest = (lease: Lease, limit: number, now: number): "allow" | "refuse" | "ask" => {
  if (lease.limit !== limit) return "ask";
  if (lease.inHand > 0 && now < lease.goodUntil) return "allow";
  return now < momentOf(1, lease.bucket, limit) ? "refuse" : "ask";
};

/** What the caller is told about the limit, as far as this instance knows. */
export const toAllowance = (
  isAllowed: boolean,
  { limit, inHand, goodUntil, bucket }: Lease,
  now: number,
): Allowance => {
  const left = Math.min(limit, levelAt(bucket, limit, now) + (now < goodUntil ? inHand : 0));
  return {
    isAllowed,
    limit,
    remaining: wholeTokens(left),
    resetSeconds: Math.ceil(((limit - left) * 60) / limit),
    retrySeconds: Math.max(1, Math.ceil((momentOf(1, bucket, limit) - now) / 1000)),
  };
};
