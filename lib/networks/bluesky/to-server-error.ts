import type { IncomingHttpHeaders } from "node:http";
import { z } from "zod";
import { ServerError } from "#lib/networks/bluesky/server-error";
import type { NetworkErrorReason } from "#lib/networks/network-error";
import { readPause } from "#lib/networks/read-pause";

const CODES = new Map<string | undefined, NetworkErrorReason>([
  ["ExpiredToken", "expired"],
  ["InvalidToken", "expired"],
  ["AuthenticationRequired", "revoked"],
  ["AuthFactorTokenRequired", "revoked"],
  ["AccountDeactivated", "revoked"],
  ["AccountSuspended", "revoked"],
  ["AccountTakedown", "revoked"],
  ["AccountNotFound", "revoked"],
]);
const REVOKED = "Bluesky does not accept the app password any more. Connect the account again with a new one.";
const WALLED = "Something in front of Bluesky’s server answered in its place.";
const MESSAGES: Record<Exclude<NetworkErrorReason, "refused">, string> = {
  rate_limited: "Bluesky asks for fewer requests for a while.",
  unavailable: "Bluesky cannot take this at the moment.",
  uncertain: "Whether Bluesky has published this is not known yet.",
  expired: "The session at Bluesky has to be renewed.",
  revoked: REVOKED,
};

const errorSchema = z.object({ error: z.string(), message: z.string().optional() }).partial();

type Answer = { status: number; headers: IncomingHttpHeaders; body: unknown };

/** An answer that is not a success, as what it means. `isFinal`: to a call that cannot be undone. */
export const toServerError = ({ status, headers, body }: Answer, isFinal: boolean): ServerError => {
  const { error: code, message } = errorSchema.safeParse(body).data ?? {};
  const reason = toReason(status, code, isFinal);
  return new ServerError(reason, toSentence(status, reason, code, message ?? code ?? `status ${status}`), {
    status,
    code,
    retryAt: readPause({ status, headers }, "ratelimit-reset"),
  });
};

function toReason(status: number, code: string | undefined, isFinal: boolean): NetworkErrorReason {
  if (status === 429) return "rate_limited";
  if (status === 408 || status >= 500 || status < 400) return isFinal ? "uncertain" : "unavailable";
  // Walls against robots, gateways and hotels' networks answer with pages, or with JSON of their own.
  if (code === undefined && status !== 413) return "unavailable";
  return CODES.get(code) ?? (status === 401 ? "expired" : "refused");
}

function toSentence(status: number, reason: NetworkErrorReason, code: string | undefined, said: string): string {
  if (reason === "refused") return `Bluesky refused this: ${said.replace(/[\p{Cc}\p{Cf}]/gu, "").slice(0, 300)}`;
  if (reason === "unavailable" && code === undefined && status < 500) return WALLED;
  return code?.startsWith("Account") ? "This account is deactivated, deleted or taken down." : MESSAGES[reason];
}
