import { isIP } from "node:net";
import type { Visitor } from "#lib/auth/create-session";
import { readSessionToken } from "#lib/auth/session-cookie";

const MAX_USER_AGENT_LENGTH = 400;

/** The visitor behind a request. The address is the one that the front door put in `X-Forwarded-For`. */
export const readVisitor = (headers: Headers): Visitor => {
  const address = headers.get("x-forwarded-for")?.trim() ?? "";
  return {
    userAgent: headers.get("user-agent")?.slice(0, MAX_USER_AGENT_LENGTH) || null,
    ipAddress: isIP(address) ? address : null,
    previousToken: readSessionToken(headers.get("cookie")),
  };
};
