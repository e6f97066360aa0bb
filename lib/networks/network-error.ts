import type { Problem } from "#lib/problems/problem";
import { toEnglish } from "#lib/problems/tell-problem";

/**
 * What came of a call to a network that did not succeed:
 * - `refused`: it says no, and would again;
 * - `rate_limited`: it says not now;
 * - `unavailable`: it certainly did nothing, for the moment;
 * - `uncertain`: whether it did is not known;
 * - `expired`: it wants a fresh credential;
 * - `revoked`: it does not know the credential any more.
 */
export type NetworkErrorReason = "refused" | "rate_limited" | "unavailable" | "uncertain" | "expired" | "revoked";

type Details = {
  /** When it may be tried again, if the network says so. */
  retryAt?: Date | undefined;
  /** It has all that it needs and is at work: asking again is no further failure. */
  isUnderWay?: boolean;
  /** For the log alone. */
  cause?: unknown;
};

/** A network did not do what it was asked. The message is for the user who asked, and holds no secret. */
export class NetworkError extends Error {
  readonly problem: Problem;
  readonly reason: NetworkErrorReason;
  readonly retryAt: Date | undefined;
  readonly isUnderWay: boolean;

  constructor(reason: NetworkErrorReason, problem: Problem, { retryAt, isUnderWay = false, cause }: Details = {}) {
    super(toEnglish(problem), { cause });
    this.name = "NetworkError";
    this.problem = problem;
    this.reason = reason;
    this.retryAt = retryAt;
    this.isUnderWay = isUnderWay;
  }
}
