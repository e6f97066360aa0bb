import { OutboundError } from "#lib/outbound/outbound-error";
import { say } from "#lib/problems/problem";

/** One call of `fetchOutside` under way, redirects included. */
export type Call = {
  /** Aborted when the call's time is over or its caller gives it up. */
  signal: AbortSignal;
  /** To be set before the first byte of a request is written. */
  wasSent: boolean;
  /** The error that the caller is told: why the call was ended, else what is given. */
  toError(cause: unknown): OutboundError;
  /** Ends everything that belongs to the call. */
  end(): void;
};

/** Starts the clock of a call. */
export const startCall = (timeoutMilliseconds: number, given?: AbortSignal): Call => {
  const own = new AbortController();
  const stop = () => own.abort(new OutboundError("Interrupted", say("outbound_given_up"), { cause: given?.reason }));
  const clock = setTimeout(() => {
    own.abort(new OutboundError("Timeout", say("outbound_slow", { milliseconds: timeoutMilliseconds })));
  }, timeoutMilliseconds);
  given?.addEventListener("abort", stop);
  if (given?.aborted) stop();
  const call: Call = {
    signal: own.signal,
    wasSent: false,
    toError: (cause) => toOutboundError(own.signal.aborted ? own.signal.reason : cause, call.wasSent),
    end: () => {
      clearTimeout(clock);
      given?.removeEventListener("abort", stop);
    },
  };
  return call;
};

function toOutboundError(cause: unknown, wasSent: boolean): OutboundError {
  if (!(cause instanceof OutboundError)) {
    return new OutboundError("Interrupted", say("outbound_cut"), { wasSent, cause });
  }
  return cause.wasSent === wasSent
    ? cause
    : new OutboundError(cause.code, cause.problem, { wasSent, cause: cause.cause });
}
