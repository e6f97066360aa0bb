import type { IncomingHttpHeaders } from "node:http";
import { OutboundError } from "#lib/outbound/outbound-error";
import { readRetryAfter } from "#lib/outbound/read-body";
import type { Problem } from "#lib/problems/problem";
import { toEnglish } from "#lib/problems/tell-problem";

/**
 * The outcome of a failed call to a network:
 * - `refused`: it refuses, and would do so again;
 * - `rate_limited`: it asks to wait;
 * - `unavailable`: it certainly did nothing, for now;
 * - `uncertain`: it may have done what was asked;
 * - `expired`: it needs a new credential;
 * - `revoked`: it no longer accepts the credential.
 */
export type NetworkErrorReason = "refused" | "rate_limited" | "unavailable" | "uncertain" | "expired" | "revoked";

type Details = {
  /** When to retry, if the network says so. */
  retryAt?: Date | undefined;
  /** The network has everything and is still processing. Asking again, at `retryAt`, does not count as a failure. */
  isUnderWay?: boolean;
  /** What `prepare` has made so far, for the next `prepare` of the part. It fits the connector's `handleSchema`. */
  handle?: unknown;
  /** For the log only. */
  cause?: unknown;
};

/** A network did not do what was asked. The message is for the user, and contains no secret. */
export class NetworkError extends Error {
  readonly problem: Problem;
  readonly reason: NetworkErrorReason;
  readonly retryAt: Date | undefined;
  readonly isUnderWay: boolean;
  readonly handle: unknown;

  constructor(reason: NetworkErrorReason, problem: Problem, details: Details = {}) {
    const { retryAt, isUnderWay = false, handle, cause } = details;
    super(toEnglish(problem), { cause });
    this.name = "NetworkError";
    this.problem = problem;
    this.reason = reason;
    this.retryAt = retryAt;
    this.isUnderWay = isUnderWay;
    this.handle = handle;
  }
}

/** A user's input cannot be used to connect. Names the field, and says what to do. */
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

/** Converts a failed fetch: `refused` or `unavailable` when certainly nothing was done, `uncertain` otherwise. */
export const toNetworkError = (thrown: unknown): NetworkError => {
  if (thrown instanceof NetworkError) return thrown;
  if (!(thrown instanceof OutboundError)) throw thrown;
  const isRefusedHere = ["InvalidUrl", "ForbiddenPort", "ForbiddenAddress"].includes(thrown.code);
  if (isRefusedHere) return new NetworkError("refused", thrown.problem, { cause: thrown });
  return new NetworkError(thrown.wasSent ? "uncertain" : "unavailable", thrown.problem, { cause: thrown });
};

// A slow server may still be working on a call. If asked at once, it would not yet know the outcome.
const SETTLING_MILLISECONDS = 30_000;

/**
 * The same for a call that only `isIrreversible` calls have to be careful about: any other one did nothing that matters. After a
 * call that was too slow, the server is given time before it is asked.
 */
export const toCallError = (thrown: unknown, isIrreversible: boolean): NetworkError => {
  const failure = toNetworkError(thrown);
  if (failure.reason !== "uncertain") return failure;
  if (!isIrreversible) return new NetworkError("unavailable", failure.problem, { cause: failure.cause });
  const isSlow = thrown instanceof OutboundError && thrown.code === "Timeout";
  const retryAt = isSlow ? new Date(Date.now() + SETTLING_MILLISECONDS) : undefined;
  return new NetworkError("uncertain", failure.problem, { retryAt, cause: failure.cause });
};

const LONGEST_PAUSE_MILLISECONDS = 86_400_000;
// A smaller number cannot be a Unix time, so it is a number of seconds.
const SMALLEST_MOMENT_SECONDS = 1_000_000_000;

/**
 * Until when a response asks to wait, a day at most. A 429 may use `Retry-After` or the network's header for the reset of
 * its limit; a 503 may use `Retry-After`. Other responses may carry the same headers without asking to wait.
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

// A time is by the server's clock, which may differ from ours.
function readReset(headers: IncomingHttpHeaders, resetHeader: string, now: Date): Date | undefined {
  const told = headers[resetHeader]?.toString() ?? "";
  const seconds = /^\d{1,12}(\.\d+)?$/.test(told) ? Number(told) : undefined;
  if (seconds !== undefined && seconds < SMALLEST_MOMENT_SECONDS) return new Date(now.getTime() + seconds * 1000);
  const moment = seconds === undefined ? Date.parse(/^\d{4}-|GMT$/.test(told) ? told : "") : seconds * 1000;
  const theirs = Date.parse(headers.date ?? "");
  const milliseconds = moment - (Number.isNaN(theirs) ? now.getTime() : theirs);
  return Number.isNaN(milliseconds) ? undefined : new Date(now.getTime() + Math.max(0, milliseconds));
}
