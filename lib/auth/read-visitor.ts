import { isIP } from "node:net";
import { readSessionToken } from "#lib/auth/session-cookie";

/** The browser that signs in, as far as its owner may want to recognise it later. */
export type Visitor = {
  userAgent: string | null;
  ipAddress: string | null;
  /** The session token that the browser brought along; it stops working when the new one starts. */
  previousToken: string | undefined;
};

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
