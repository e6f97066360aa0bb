import { MediaError, type MediaErrorCode } from "#lib/media/media-error";
import { NetworkError, type NetworkErrorReason } from "#lib/networks/network-error";
import { say } from "#lib/problems/problem";

/** A part may have been published, and the network cannot be asked. */
export class OutcomeUnknownError extends Error {
  override name = "OutcomeUnknownError";
  readonly problem = say("post_outcome_unknown");
}

/** Where publishing failed: before the boundary, in the publishing call, or when asking about an earlier call. */
export type Stage = "preparing" | "sending" | "asking";

/** What happens to a post after a failed attempt. */
export type Next = {
  /** The network certainly does not have the part, although it was about to be sent. */
  isUnsent: boolean;
} & (
  | { state: "later"; waitMilliseconds: number; asksFirst: boolean; isFailure: boolean }
  | { state: "failed"; errorName: "PublishingFailed" | "TokenExpired" | MediaErrorCode }
  | { state: "unknown" }
);

type Situation = {
  stage: Stage;
  /** Whether an earlier attempt may have published the part, as far as is known. */
  mayBeThere: boolean;
  /** Consecutive failures, including this one. */
  failures: number;
  /** All attempts, including this one. */
  attempts: number;
  now: Date;
  /** A random number from 0 to 1: jitter, so that posts that failed together are not retried together. */
  chance: number;
};

/** How many times a post is retried automatically. */
const MAX_RETRIES = 5;

const FIRST_WAIT_MILLISECONDS = 2000;
const UNDER_WAY_MILLISECONDS = 2000;
const LONGEST_UNDER_WAY_MILLISECONDS = 300_000;
// Some five hours, or longer where the network asks for it.
const MAX_UNDER_WAY = 70;
const LONGEST_ASKED_MILLISECONDS = 900_000;
const LONGEST_WAIT_MILLISECONDS = 24 * 3_600_000;

/**
 * Decides what happens next. A call that certainly did nothing may be retried. A call that may have published is checked
 * with the network first. If the outcome cannot be found out, the user decides.
 */
export const decideNext = (error: unknown, situation: Situation): Next => {
  const { stage, failures } = situation;
  const reason = toReason(error);
  const asksFirst = stage === "asking" || (stage === "sending" && reason === "uncertain");
  const isUnsent = !asksFirst && (stage === "sending" || !situation.mayBeThere);
  if (error instanceof OutcomeUnknownError) return { state: "unknown", isUnsent };
  if (error instanceof NetworkError && error.isUnderWay && situation.attempts <= MAX_UNDER_WAY) {
    const waitMilliseconds = toWaitUnderWay(error, situation);
    return { state: "later", waitMilliseconds, asksFirst, isUnsent, isFailure: false };
  }
  const isRevoked = reason === "revoked" || reason === "expired";
  const isLasting = isRevoked || reason === "refused";
  const waitMilliseconds = toWait(error, situation);
  if (!isLasting && failures <= MAX_RETRIES && waitMilliseconds <= LONGEST_WAIT_MILLISECONDS) {
    return { state: "later", waitMilliseconds, asksFirst, isUnsent, isFailure: true };
  }
  if (asksFirst) return { state: "unknown", isUnsent };
  if (error instanceof MediaError) return { state: "failed", errorName: error.code, isUnsent };
  return { state: "failed", errorName: isRevoked ? "TokenExpired" : "PublishingFailed", isUnsent };
};

function toReason(error: unknown): NetworkErrorReason {
  if (error instanceof NetworkError) return error.reason;
  if (error instanceof MediaError) return error.mayCome ? "unavailable" : "refused";
  return "uncertain";
}

// Pictures take seconds and films take minutes, so the waits begin short and grow.
function toWaitUnderWay({ retryAt }: NetworkError, { attempts, now }: Situation): number {
  const usual = Math.min(attempts ** 2 * UNDER_WAY_MILLISECONDS, LONGEST_UNDER_WAY_MILLISECONDS);
  const asked = retryAt ? retryAt.getTime() - now.getTime() : 0;
  return Math.max(usual, Math.min(asked, LONGEST_ASKED_MILLISECONDS));
}

// Exponential backoff: each wait is four times the last, plus or minus a quarter, and no shorter than the network asks.
function toWait(error: unknown, { failures, now, chance }: Situation): number {
  const backoff = FIRST_WAIT_MILLISECONDS * 4 ** (failures - 1) * (0.75 + chance / 2);
  const asked = error instanceof NetworkError && error.retryAt ? error.retryAt.getTime() - now.getTime() : 0;
  return Math.max(backoff, asked);
}
