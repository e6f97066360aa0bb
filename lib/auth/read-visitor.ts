import { isIP } from "node:net";
import type { UserActor } from "#lib/audit/schema";
import { settings } from "#lib/env";

/** How long a sign-in lasts, counted from the sign-in. */
export const SESSION_MAX_AGE_SECONDS = 30 * 24 * 60 * 60;

/** The session cookie's name: over https the `__Host-` prefix binds it to this very host. */
export const sessionCookieName = (): string => (isSecure() ? "__Host-session" : "session");

/** The session cookie's attributes, whatever its value. */
export const sessionCookieAttributes = () =>
  ({ httpOnly: true, sameSite: "lax", path: "/", secure: isSecure(), maxAge: SESSION_MAX_AGE_SECONDS }) as const;

/** The `Set-Cookie` value that removes the session cookie from the browser. */
export const clearedSessionCookie = (): string =>
  `${sessionCookieName()}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${isSecure() ? "; Secure" : ""}`;

/** The session token in a `Cookie` header, or undefined when there is none, or more than one to choose from. */
export const readSessionToken = (cookieHeader: string | null): string | undefined => {
  const prefix = `${sessionCookieName()}=`;
  const tokens = (cookieHeader ?? "")
    .split(";")
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(prefix))
    .map((pair) => pair.slice(prefix.length));
  // A second cookie of this name was planted from another path or a parent domain; which one is ours cannot be told.
  return tokens.length === 1 && tokens[0] ? tokens[0] : undefined;
};

function isSecure(): boolean {
  return settings().publicUrl.startsWith("https://");
}

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

/** The visitor as who they are, for the log of what they do. */
export const toUserActor = (visitor: Visitor, userId: string, sessionId: string): UserActor => ({
  kind: "user",
  userId,
  sessionId,
  address: visitor.ipAddress,
  userAgent: visitor.userAgent,
});
