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
