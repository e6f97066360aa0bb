import { z } from "zod";
import { type Answer, fetchJson } from "#lib/networks/mastodon/fetch-json";
import { toLine } from "#lib/networks/mastodon/to-line";
import type { Session } from "#lib/networks/mastodon/to-session";
import { NetworkError } from "#lib/networks/network-error";
import { readPause } from "#lib/networks/read-pause";
import { type Problem, say } from "#lib/problems/problem";

const WALLED = say("server_walled");

const refusalSchema = z.object({ error_description: z.string().optional(), error: z.string() });

/**
 * Why a server did not do what it was asked. After a failure of its own it is not known whether it did, where that
 * matters; and what anything in front of it says is no answer of its own.
 */
export const explainAnswer = async (
  answer: Answer,
  { session, isIrreversible = false }: { session?: Session; isIrreversible?: boolean } = {},
): Promise<NetworkError> => {
  const { status } = answer;
  const retryAt = readPause(answer, "x-ratelimit-reset");
  if (status === 429) return new NetworkError("rate_limited", say("server_busy"), { retryAt });
  if (status >= 500 || status === 408) {
    const reason = isIrreversible ? "uncertain" : "unavailable";
    return new NetworkError(reason, say("server_fault"), { retryAt });
  }
  if (status === 413) return new NetworkError("refused", say("server_medium_large"));
  if (!isRefusal(answer)) return new NetworkError("unavailable", WALLED);
  // Some say 422 or 403 to a token that they do not know; whoever is really refused can still be asked who it is.
  const isDoubtful = status === 403 || status === 422;
  if (status === 401 || (session && isDoubtful && !(await isKnown(session)))) {
    return new NetworkError("revoked", say("server_revoked"));
  }
  return new NetworkError("refused", toRefusal(answer.json, session));
};

async function isKnown({ serverUrl, token }: Session): Promise<boolean> {
  const headers = { Authorization: `Bearer ${token}` };
  const answer = await fetchJson(`${serverUrl}/api/v1/accounts/verify_credentials`, { headers }).catch(() => null);
  return answer === null || ![401, 403, 422].includes(answer.status) || !isRefusal(answer);
}

function toRefusal(given: unknown, session: Session | undefined): Problem {
  const { data } = refusalSchema.safeParse(given);
  const line = toLine(data?.error_description ?? data?.error ?? "");
  if (!line) return say("server_refused");
  return say("server_said", { said: session ? line.replaceAll(session.token, "…") : line });
}

// Walls against robots, gateways and hotels' networks answer with pages, or with JSON of their own.
function isRefusal({ json }: Answer): boolean {
  return refusalSchema.safeParse(json).success;
}
