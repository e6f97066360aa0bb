import { isIP } from "node:net";
import type { UserActor } from "#lib/audit/schema";
import { settings } from "#lib/env";
import type { RequestHeaders } from "#lib/http/route";

/** How long a session lasts, counted from the sign-in. */
export const SESSION_MAX_AGE_SECONDS = 30 * 24 * 60 * 60;

/** The session cookie's name. Over https the `__Host-` prefix binds it to this host only. */
export const sessionCookieName = (): string => (isSecure() ? "__Host-session" : "session");

/** The session cookie's attributes, without its value. */
export const sessionCookieAttributes = () =>
  ({ httpOnly: true, sameSite: "lax", path: "/", secure: isSecure(), maxAge: SESSION_MAX_AGE_SECONDS }) as const;

/** The `Set-Cookie` value that removes the session cookie from the browser. */
export const clearedSessionCookie = (): string =>
  `${sessionCookieName()}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${isSecure() ? "; Secure" : ""}`;

/** How long a browser is recognised after its last sign-in: the longest that browsers keep a cookie. */
export const BROWSER_MAX_AGE_SECONDS = 400 * 24 * 60 * 60;

const browserCookieName = () => (isSecure() ? "__Host-browser" : "browser");

/** The `Set-Cookie` value by which the browser is recognised at its next sign-in. It opens nothing. */
export const browserCookie = (browserId: string): string =>
  `${browserCookieName()}=${browserId}; Path=/; Max-Age=${BROWSER_MAX_AGE_SECONDS}; HttpOnly; SameSite=Lax${isSecure() ? "; Secure" : ""}`;

/** The session token from a `Cookie` header. Undefined when there is none, or more than one. */
export const readSessionToken = (cookieHeader: string | null): string | undefined =>
  readCookie(cookieHeader, sessionCookieName());

function readCookie(cookieHeader: string | null, name: string): string | undefined {
  const prefix = `${name}=`;
  const tokens = (cookieHeader ?? "")
    .split(";")
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(prefix))
    .map((pair) => pair.slice(prefix.length));
  // A second cookie of this name was set from another path or a parent domain, and nobody can tell which one is ours.
  return tokens.length === 1 && tokens[0] ? tokens[0] : undefined;
}

function isSecure(): boolean {
  return settings().publicUrl.startsWith("https://");
}

/** The browser that signs in, with what its owner may later recognise it by. */
export type Visitor = {
  userAgent: string | null;
  ipAddress: string | null;
  /** The session token that the browser already had. It stops working when the new one starts. */
  previousToken: string | undefined;
  /** The random id that the browser was given at an earlier sign-in. */
  browserId?: string | undefined;
};

const BROWSER_ID = /^[\w-]{43}$/;

const MAX_USER_AGENT_LENGTH = 400;

/** The visitor who sent a request. The address is the one that the front door put in `X-Forwarded-For`. */
export const readVisitor = (headers: RequestHeaders): Visitor => {
  const address = headers.get("x-forwarded-for")?.trim() ?? "";
  const browserId = readCookie(headers.get("cookie"), browserCookieName());
  return {
    userAgent: headers.get("user-agent")?.slice(0, MAX_USER_AGENT_LENGTH) || null,
    ipAddress: isIP(address) ? address : null,
    previousToken: readSessionToken(headers.get("cookie")),
    browserId: browserId && BROWSER_ID.test(browserId) ? browserId : undefined,
  };
};

/** The visitor as an actor for the audit log. */
export const toUserActor = (visitor: Visitor, userId: string, sessionId: string): UserActor => ({
  kind: "user",
  organizationId: null,
  userId,
  sessionId,
  address: visitor.ipAddress,
  userAgent: visitor.userAgent,
});
