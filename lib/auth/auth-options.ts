import { randomBytes } from "node:crypto";
import type { AuthOptions, LoggerInstance } from "next-auth";
import type { Adapter, AdapterUser } from "next-auth/adapters";
import { noteRefusal } from "#lib/audit/note-refusal";
import { identityProvider, identitySchema, saveUser } from "#lib/auth/identity";
import {
  SESSION_MAX_AGE_SECONDS,
  sessionCookieAttributes,
  sessionCookieName,
  toUserActor,
  type Visitor,
} from "#lib/auth/read-visitor";
import { findRefusal, type RefusedSignIn } from "#lib/auth/refuse-sign-in";
import { createSession, endSession, findSession } from "#lib/auth/sessions";
import { signInPageUrl } from "#lib/auth/to-local-path";
import { currentClockDifference } from "#lib/clock";
import { log, toLogFields } from "#lib/log";

type ShownUser = { id: string; email: string; name: string | null; picture: string | null };

/**
 * next-auth's storage for users and sessions, for one visitor. A user is identified only by issuer and subject, and each
 * sign-in creates a new session. Session tokens are stored hashed; the provider's tokens are not stored.
 */
const sessionAdapter = (visitor: Visitor): Adapter => ({
  // No user is ever found beforehand: saving creates or refreshes the user in one step, and e-mail addresses never link
  // accounts.
  getUserByAccount: async () => null,
  getUserByEmail: async () => null,
  createUser: async (profile: Omit<AdapterUser, "id">) => toAdapterUser(await saveUser(identitySchema.parse(profile))),
  linkAccount: async () => undefined,
  createSession: async (session) => {
    const { sessionToken, userId, expires } = session;
    await createSession({ token: sessionToken, userId, expiresAt: move(expires, 1), visitor });
    return session;
  },
  getSessionAndUser: async (sessionToken) => {
    const found = await findSession(sessionToken);
    if (!found) return null;
    const session = { sessionToken, userId: found.user.id, expires: move(found.expiresAt, -1) };
    return { session, user: toAdapterUser(found.user) };
  },
  deleteSession: async (sessionToken) => {
    const found = await findSession(sessionToken);
    if (found) await endSession(toUserActor(visitor, found.user.id, found.sessionId), found.sessionId);
  },
});

function toAdapterUser({ id, email, name, picture }: ShownUser): AdapterUser {
  return { id, email, emailVerified: null, name, image: picture };
}

// next-auth uses this computer's clock, but session queries use the database's.
function move(moment: Date, direction: 1 | -1): Date {
  return new Date(moment.getTime() + direction * currentClockDifference());
}

const MAX_MESSAGE_LENGTH = 300;
const TOKEN_LIKE = /[\w-]{24,}/g;
const PERSON_LIKE = /[^\s"'<>@]{1,64}@[^\s"'<>]+|\d{15,}/g;

/**
 * Writes next-auth's errors to the log. It keeps only the error's name and message, and removes from the message everything
 * that could be a token, a state or a nonce, an e-mail address or Google's number of an account.
 */
export const authLogger: Partial<LoggerInstance> = {
  error: (code, metadata) => {
    const error = metadata instanceof Error ? metadata : metadata.error;
    const { errorName, errorMessage } = toLogFields(error);
    const message = String(errorMessage)
      .replaceAll(/\p{Cc}/gu, " ")
      .replaceAll(PERSON_LIKE, "[removed]")
      .replaceAll(TOKEN_LIKE, "[removed]");
    log("warn", `Sign-in: ${code}`, {
      ...(errorName && { errorName }),
      errorMessage: message.slice(0, MAX_MESSAGE_LENGTH),
    });
  },
  warn: (code) => log("warn", `Sign-in: ${code}`),
  debug: () => {},
};

const LOGGED_REASONS: Record<RefusedSignIn["reason"], string> = {
  EmailNotVerified: "Google has not verified the e-mail address",
  NotAllowed: "ALLOWED_SIGN_INS does not name the account, and no open invitation does",
};

/**
 * Records a refused sign-in in the audit log of the user, when there is one. Strangers are in no audit log, because nothing
 * can ever be removed from it.
 */
const noteRefusedSignIn = (visitor: Visitor, { reason, userId }: RefusedSignIn): void => {
  log("info", `sign_in.refused: ${LOGGED_REASONS[reason]}`);
  if (userId === null) return;
  const { ipAddress: address, userAgent } = visitor;
  const actor = { kind: "user", organizationId: null, userId, address, userAgent } as const;
  noteRefusal(actor, { action: "sign_in.refused", details: { reason } });
};

const SIGN_IN_MAX_AGE_SECONDS = 15 * 60;

// next-auth gives this cookie, unlike its others, only a moment of expiry. A browser whose clock is ahead would drop it.
const nonceCookie = () => {
  const options = { ...sessionCookieAttributes(), maxAge: SIGN_IN_MAX_AGE_SECONDS };
  return { name: `${options.secure ? "__Secure-" : ""}next-auth.nonce`, options };
};

/** next-auth's options for this visitor: one provider, only people who may sign in, sessions in the database. */
export const authOptions = (visitor: Visitor): AuthOptions => ({
  providers: [identityProvider()],
  adapter: sessionAdapter(visitor),
  session: {
    strategy: "database",
    maxAge: SESSION_MAX_AGE_SECONDS,
    // As long as the session itself, so that its expiry never moves: it counts from the sign-in.
    updateAge: SESSION_MAX_AGE_SECONDS,
    generateSessionToken: () => randomBytes(32).toString("base64url"),
  },
  cookies: { sessionToken: { name: sessionCookieName(), options: sessionCookieAttributes() }, nonce: nonceCookie() },
  pages: { signIn: "/sign-in", error: "/sign-in", signOut: "/account" },
  callbacks: {
    signIn: async ({ profile }) => {
      const refused = await findRefusal({ ...profile });
      if (!refused) return true;
      noteRefusedSignIn(visitor, refused);
      return signInPageUrl({ error: "NotAllowed" });
    },
  },
  logger: authLogger,
  secret: process.env.NEXTAUTH_SECRET,
});
