import type { IncomingHttpHeaders } from "node:http";
import { z } from "zod";
import { ServerError } from "#lib/networks/bluesky/server-error";
import type { NetworkErrorReason } from "#lib/networks/network-error";
import { readPause } from "#lib/networks/read-pause";
import { type Problem, say } from "#lib/problems/problem";

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
const REVOKED = say("bluesky_revoked");
const WALLED = say("bluesky_walled");
const PROBLEMS: Record<Exclude<NetworkErrorReason, "refused">, Problem> = {
  rate_limited: say("bluesky_busy"),
  unavailable: say("bluesky_unavailable"),
  uncertain: say("bluesky_uncertain"),
  expired: say("bluesky_session_old"),
  revoked: REVOKED,
};

const errorSchema = z.object({ error: z.string(), message: z.string().optional() }).partial();

type Answer = { status: number; headers: IncomingHttpHeaders; body: unknown };

/** An answer that is not a success, as what it means. `isFinal`: to a call that cannot be undone. */
export const toServerError = ({ status, headers, body }: Answer, isFinal: boolean): ServerError => {
  const { error: code, message } = errorSchema.safeParse(body).data ?? {};
  const reason = toReason(status, code, isFinal);
  return new ServerError(reason, toProblem(status, reason, code, message ?? code ?? `status ${status}`), {
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

function toProblem(status: number, reason: NetworkErrorReason, code: string | undefined, said: string): Problem {
  if (reason === "refused") return say("bluesky_refused", { said: said.replace(/[\p{Cc}\p{Cf}]/gu, "").slice(0, 300) });
  if (reason === "unavailable" && code === undefined && status < 500) return WALLED;
  return code?.startsWith("Account") ? say("bluesky_account_gone") : PROBLEMS[reason];
}
