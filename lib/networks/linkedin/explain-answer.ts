import type { IncomingHttpHeaders } from "node:http";
import { z } from "zod";
import { NetworkError } from "#lib/networks/network-error";
import { readRetryAfter } from "#lib/outbound/read-body";
import { type Problem, say } from "#lib/problems/problem";

type FailedAnswer = { status: number; headers: IncomingHttpHeaders; json: unknown };
type Context = { version: string; token: string; isIrreversible: boolean };

const DAY_MILLISECONDS = 86_400_000;
const MAX_LENGTH = 200;

const refusalSchema = z.object({ status: z.int(), message: z.string().catch(""), code: z.string().optional() });

/**
 * Explains an unsuccessful answer. After a server error, an irreversible call is `uncertain`. An answer that is not in
 * LinkedIn's form is not LinkedIn's refusal.
 */
export const explainAnswer = (
  { status, headers, json }: FailedAnswer,
  { version, token, isIrreversible }: Context,
): NetworkError => {
  const retryAt = readRetryAfter(headers);
  if (status === 429) {
    return new NetworkError("rate_limited", say("linkedin_busy"), { retryAt: retryAt ?? toNextMidnight(new Date()) });
  }
  if (status >= 500 || status === 408) {
    const reason = isIrreversible ? "uncertain" : "unavailable";
    return new NetworkError(reason, say("linkedin_fault"), { retryAt });
  }
  if (status === 401) return new NetworkError("revoked", say("linkedin_revoked"));
  if (status === 426) return new NetworkError("refused", say("linkedin_version_ended", { version }));
  const { data } = refusalSchema.safeParse(json);
  if (!data) return new NetworkError("unavailable", say("linkedin_walled"));
  if (status === 403) return new NetworkError("refused", say("linkedin_not_allowed"));
  return new NetworkError("refused", toRefusal(data.message, token));
};

// Quotas are for a day that ends at midnight UTC. LinkedIn does not say so in its answer.
function toNextMidnight(now: Date): Date {
  return new Date((Math.floor(now.getTime() / DAY_MILLISECONDS) + 1) * DAY_MILLISECONDS);
}

function toRefusal(message: string, token: string): Problem {
  const line = message
    .replaceAll(token, "…")
    .replace(/[\s\p{Cc}\p{Cf}\p{Co}\p{Cs}]+/gu, " ")
    .trim();
  if (!line) return say("linkedin_refused");
  return say("linkedin_said", { said: line.length > MAX_LENGTH ? `${line.slice(0, MAX_LENGTH - 1)}…` : line });
}
