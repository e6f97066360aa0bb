import { z } from "zod";
import { type Answer, fetchJson } from "#lib/networks/mastodon/fetch-json";
import { toLine } from "#lib/networks/mastodon/to-line";
import type { Session } from "#lib/networks/mastodon/to-session";
import { NetworkError } from "#lib/networks/network-error";

const REFUSED = "The server refused this and did not say why.";
const LONGEST_WAIT_MILLISECONDS = 86_400_000;

const refusalSchema = z.object({ error_description: z.string().optional(), error: z.string() });

/**
 * Why a server did not do what it was asked. After a failure of its own it is not known whether it did, where that
 * matters.
 */
export const explainAnswer = async (
  answer: Answer,
  { session, isIrreversible = false }: { session?: Session; isIrreversible?: boolean } = {},
): Promise<NetworkError> => {
  const { status } = answer;
  const { "retry-after": retryAfter, "x-ratelimit-reset": reset } = answer.headers;
  const retryAt = toMoment(retryAfter ?? (status === 429 ? reset : undefined));
  if (status === 429) return new NetworkError("rate_limited", "The server asks for patience.", { retryAt });
  if (status >= 500 || status === 408) {
    const reason = isIrreversible ? "uncertain" : "unavailable";
    return new NetworkError(reason, "The server has a problem of its own.", { retryAt });
  }
  if (status === 413) return new NetworkError("refused", "A medium is larger than this server takes.");
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
  return answer === null || ![401, 403, 422].includes(answer.status);
}

function toReason(said: unknown, session: Session | undefined): string {
  const { data } = refusalSchema.safeParse(said);
  const line = toLine(data?.error_description ?? data?.error ?? "") || REFUSED;
  return session ? line.replaceAll(session.token, "…") : line;
}

function toMoment(said: string | string[] | undefined): Date | undefined {
  if (typeof said !== "string") return undefined;
  const moment = /^\d{1,9}$/.test(said) ? Date.now() + Number(said) * 1000 : Date.parse(said);
  return Number.isNaN(moment) ? undefined : new Date(Math.min(moment, Date.now() + LONGEST_WAIT_MILLISECONDS));
}
