import { randomBytes } from "node:crypto";
import type { AuthOptions } from "next-auth";
import { authLogger } from "#lib/auth/auth-logger";
import { identityProvider } from "#lib/auth/identity-provider";
import { noteRefusedSignIn } from "#lib/auth/note-refused-sign-in";
import type { Visitor } from "#lib/auth/read-visitor";
import { sessionAdapter } from "#lib/auth/session-adapter";
import { SESSION_MAX_AGE_SECONDS, sessionCookieAttributes, sessionCookieName } from "#lib/auth/session-cookie";
import { signInPageUrl } from "#lib/auth/sign-in-page-url";

/** How next-auth signs this visitor in: one provider, verified addresses only, sessions in the database. */
export const authOptions = (visitor: Visitor): AuthOptions => ({
  providers: [identityProvider()],
  adapter: sessionAdapter(visitor),
  session: {
    strategy: "database",
    maxAge: SESSION_MAX_AGE_SECONDS,
    // As long as the session itself, so that its end is never moved: it counts from the sign-in.
    updateAge: SESSION_MAX_AGE_SECONDS,
    generateSessionToken: () => randomBytes(32).toString("base64url"),
  },
  cookies: { sessionToken: { name: sessionCookieName(), options: sessionCookieAttributes() } },
  pages: { signIn: "/sign-in", error: "/sign-in", signOut: "/account" },
  callbacks: {
    signIn: async ({ profile }) => {
      const claims: Record<string, unknown> = { ...profile };
      if (claims.email_verified === true) return true;
      await noteRefusedSignIn(visitor, claims, "EmailNotVerified");
      return signInPageUrl({ error: "EmailNotVerified" });
    },
  },
  logger: authLogger,
  secret: process.env.NEXTAUTH_SECRET,
});
