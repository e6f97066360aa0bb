import type { OutboundError, OutboundErrorCode } from "#lib/outbound/outbound-error";
import { type Problem, say } from "#lib/problems/problem";

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

/** Why an address that a user gave did not work and what to do about it, in words that name nothing of it. */
export const explainOutboundError = ({ code }: OutboundError): Problem => PROBLEMS[code];
