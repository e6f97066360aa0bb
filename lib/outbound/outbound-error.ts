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
  readonly code: OutboundErrorCode;
  /** Whether any of the request may have reached the other side; false only when it certainly did not. */
  readonly wasSent: boolean;

  constructor(code: OutboundErrorCode, message: string, { wasSent = false, cause }: Details = {}) {
    super(message, { cause });
    this.name = "OutboundError";
    this.code = code;
    this.wasSent = wasSent;
  }
}
