import { z } from "zod";
import { type Answer, fetchJson } from "#lib/networks/mastodon/fetch-json";
import { toLine } from "#lib/networks/mastodon/to-line";
import type { Session } from "#lib/networks/mastodon/to-session";
import { NetworkError } from "#lib/networks/network-error";
import { readPause } from "#lib/networks/read-pause";

const REFUSED = "The server refused this and did not say why.";
const WALLED = "Something in front of the server answered in its place.";

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
  if (status === 429) return new NetworkError("rate_limited", "The server asks for patience.", { retryAt });
  if (status >= 500 || status === 408) {
    const reason = isIrreversible ? "uncertain" : "unavailable";
    return new NetworkError(reason, "The server has a problem of its own.", { retryAt });
  }
  if (status === 413) return new NetworkError("refused", "A medium is larger than this server takes.");
  if (!isRefusal(answer)) return new NetworkError("unavailable", WALLED);
  // Some say 422 or 403 to a token that they do not know; whoever is really refused can still be asked who it is.
  const isDoubtful = status === 403 || status === 422;
  if (status === 401 || (session && isDoubtful && !(await isKnown(session)))) {
    return new NetworkError(
      "revoked",
      "The server does not accept this connection any more. Connect the account again.",
    );
  }
  return new NetworkError("refused", toReason(answer.json, session));
};

async function isKnown({ serverUrl, token }: Session): Promise<boolean> {
  const headers = { Authorization: `Bearer ${token}` };
  const answer = await fetchJson(`${serverUrl}/api/v1/accounts/verify_credentials`, { headers }).catch(() => null);
  return answer === null || ![401, 403, 422].includes(answer.status) || !isRefusal(answer);
}

function toReason(said: unknown, session: Session | undefined): string {
  const { data } = refusalSchema.safeParse(said);
  const line = toLine(data?.error_description ?? data?.error ?? "") || REFUSED;
  return session ? line.replaceAll(session.token, "…") : line;
}

// Walls against robots, gateways and hotels' networks answer with pages, or with JSON of their own.
function isRefusal({ json }: Answer): boolean {
  return refusalSchema.safeParse(json).success;
}
