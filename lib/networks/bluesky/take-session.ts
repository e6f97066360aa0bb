import { z } from "zod";
import { askServer, type Call } from "#lib/networks/bluesky/call-server";
import { type Session, sessionSchema } from "#lib/networks/bluesky/session";
import { NetworkError } from "#lib/networks/network-error";
import { say } from "#lib/problems/problem";

const claimsSchema = z.object({ exp: z.number() });

/** A session that a server makes. Throws `NetworkError` also when it is over before it begins. */
export const takeSession = async (call: Call): Promise<Session> => {
  const { answer, headers } = await askServer(call, sessionSchema);
  // By the clock that wrote it, which may be another than ours.
  const theirs = Date.parse(headers.date ?? "");
  const now = Number.isNaN(theirs) ? Date.now() : theirs;
  if (toEnd(answer.accessJwt) > now) return answer;
  throw new NetworkError("unavailable", say("bluesky_session_unusable"));
};

// What is no such token is the server's own matter.
function toEnd(token: string): number {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
    const { data } = claimsSchema.safeParse(claims);
    return data ? data.exp * 1000 : Number.POSITIVE_INFINITY;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
