import type { IncomingHttpHeaders } from "node:http";
import { OutboundError } from "#lib/outbound/outbound-error";
import { readRetryAfter } from "#lib/outbound/read-body";
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

/** What a user gave cannot be connected: which field, and what to do about it. */
export class ConnectError extends Error {
  readonly problem: Problem;
  readonly field: string;

  constructor(field: string, problem: Problem, options?: ErrorOptions) {
    super(toEnglish(problem), options);
    this.name = "ConnectError";
    this.problem = problem;
    this.field = field;
  }
}

/** A failed fetch as what it means for whoever made the call: nothing was done, or nobody knows. */
export const toNetworkError = (thrown: unknown): NetworkError => {
  if (thrown instanceof NetworkError) return thrown;
  if (!(thrown instanceof OutboundError)) throw thrown;
  const isRefusedHere = ["InvalidUrl", "ForbiddenPort", "ForbiddenAddress"].includes(thrown.code);
  if (isRefusedHere) return new NetworkError("refused", thrown.problem, { cause: thrown });
  return new NetworkError(thrown.wasSent ? "uncertain" : "unavailable", thrown.problem, { cause: thrown });
};

const LONGEST_PAUSE_MILLISECONDS = 86_400_000;
// What is smaller cannot be a moment: it is a number of seconds.
const SMALLEST_MOMENT_SECONDS = 1_000_000_000;

/**
 * Until when an answer asks to be left in peace, a day at most. Too many requests say so in `Retry-After` or in the header
 * that tells when the network's limit is reset; a server that is being looked after in `Retry-After`; any other answer may
 * carry the same headers and means nothing by them.
 */
export const readPause = (
  { status, headers }: { status: number; headers: IncomingHttpHeaders },
  resetHeader: string,
): Date | undefined => {
  if (status !== 429 && status !== 503) return undefined;
  const now = new Date();
  const until = readRetryAfter(headers, now) ?? (status === 429 ? readReset(headers, resetHeader, now) : undefined);
  return until && new Date(Math.min(until.getTime(), now.getTime() + LONGEST_PAUSE_MILLISECONDS));
};

// A moment is one of the server's clock, which may be another than ours.
function readReset(headers: IncomingHttpHeaders, resetHeader: string, now: Date): Date | undefined {
  const told = headers[resetHeader]?.toString() ?? "";
  const seconds = /^\d{1,12}(\.\d+)?$/.test(told) ? Number(told) : undefined;
  if (seconds !== undefined && seconds < SMALLEST_MOMENT_SECONDS) return new Date(now.getTime() + seconds * 1000);
  const moment = seconds === undefined ? Date.parse(/^\d{4}-|GMT$/.test(told) ? told : "") : seconds * 1000;
  const theirs = Date.parse(headers.date ?? "");
  const milliseconds = moment - (Number.isNaN(theirs) ? now.getTime() : theirs);
  return Number.isNaN(milliseconds) ? undefined : new Date(now.getTime() + Math.max(0, milliseconds));
}
