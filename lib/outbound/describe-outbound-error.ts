import type { OutboundError, OutboundErrorCode } from "#lib/outbound/outbound-error";

const NOBODY = "Nobody answers at this address. See that the receiver runs and can be reached from here.";
const FORBIDDEN =
  "This address may not be used: it is not on the internet, or not at port 80 or 443. The operator can allow it with OUTBOUND_ALLOWED_HOSTS.";

const SENTENCES: Record<OutboundErrorCode, string> = {
  InvalidUrl: "Give an address that begins with https:// or http://, without a user name or password.",
  ForbiddenPort: FORBIDDEN,
  ForbiddenAddress: FORBIDDEN,
  ResolutionFailed: "The name in this address is not known. See that it is spelled right.",
  ConnectionFailed: NOBODY,
  TlsFailed: "The server at this address could not prove who it is. See to its certificate.",
  TooManyRedirects: "This address redirects. Give the one that it leads to.",
  TooLarge: "The answer from this address was too large.",
  Timeout: "The answer from this address took too long.",
  Interrupted: "The connection to this address ended before the answer was whole.",
};

/** Why an address that a user gave did not work and what to do about it, in words that name nothing of it. */
export const describeOutboundError = ({ code }: OutboundError): string => SENTENCES[code];
