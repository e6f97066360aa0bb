import type { Problem } from "#lib/problems/problem";
import { toEnglish } from "#lib/problems/tell-problem";

/** Why something outside could not be fetched. */
export type OutboundErrorCode =
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

/** Something outside could not be fetched. The message names no more of the address than its host. */
export class OutboundError extends Error {
  readonly problem: Problem;
  readonly code: OutboundErrorCode;
  /** Whether any of the request may have reached the other side; false only when it certainly did not. */
  readonly wasSent: boolean;

  constructor(code: OutboundErrorCode, problem: Problem, { wasSent = false, cause }: Details = {}) {
    super(toEnglish(problem), { cause });
    this.name = "OutboundError";
    this.problem = problem;
    this.code = code;
    this.wasSent = wasSent;
  }
}
