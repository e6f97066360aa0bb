import { type Problem, say } from "#lib/problems/problem";
import { toEnglish } from "#lib/problems/tell-problem";

/** Why a fetch from outside failed. */
type OutboundErrorCode =
  | "InvalidUrl"
  | "ForbiddenPort"
  | "ForbiddenAddress"
  | "ResolutionFailed"
  | "ConnectionFailed"
  | "TlsFailed"
  | "TooManyRedirects"
  | "TooLarge"
  | "Timeout"
  | "Interrupted";

type Details = { wasSent?: boolean; cause?: unknown };

/** A fetch from outside failed. Of the address, the message names only the host. */
export class OutboundError extends Error {
  readonly problem: Problem;
  readonly code: OutboundErrorCode;
  /** Whether any of the request may have reached the other side. False only if it certainly did not. */
  readonly wasSent: boolean;

  constructor(code: OutboundErrorCode, problem: Problem, { wasSent = false, cause }: Details = {}) {
    super(toEnglish(problem), { cause });
    this.name = "OutboundError";
    this.problem = problem;
    this.code = code;
    this.wasSent = wasSent;
  }
}

const NOBODY = say("receiver_silent");
const FORBIDDEN = say("address_forbidden");

const PROBLEMS: Record<OutboundErrorCode, Problem> = {
  InvalidUrl: say("address_form"),
  ForbiddenPort: FORBIDDEN,
  ForbiddenAddress: FORBIDDEN,
  ResolutionFailed: say("address_unknown"),
  ConnectionFailed: NOBODY,
  TlsFailed: say("address_unproven"),
  TooManyRedirects: say("address_redirects"),
  TooLarge: say("address_answer_large"),
  Timeout: say("address_answer_slow"),
  Interrupted: say("address_answer_cut"),
};

/** Explains to a user why their address did not work and what to do about it, without naming any of it. */
export const explainOutboundError = ({ code }: OutboundError): Problem => PROBLEMS[code];
