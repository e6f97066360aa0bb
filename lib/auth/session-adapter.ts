import type { Adapter, AdapterUser } from "next-auth/adapters";
import { createSession } from "#lib/auth/create-session";
import { endSession } from "#lib/auth/end-session";
import { findSession } from "#lib/auth/find-session";
import { identitySchema } from "#lib/auth/identity";
import type { Visitor } from "#lib/auth/read-visitor";
import { saveUser } from "#lib/auth/save-user";
import { toUserActor } from "#lib/auth/to-user-actor";
import { currentClockDifference } from "#lib/clock";

type ShownUser = { id: string; email: string; name: string | null; picture: string | null };

/**
 * Where next-auth keeps users and sessions, for one visitor. Whoever signs in is saved by issuer and subject alone, and
 * always gets a session of their own; tokens are stored hashed, and the provider's tokens not at all.
 */
export const sessionAdapter = (visitor: Visitor): Adapter => ({
  // Nobody is ever found beforehand: saving makes or refreshes the user in one step, and an e-mail matches no one.
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

// next-auth reckons by this computer's clock, and whoever looks for a session by the database's.
function move(moment: Date, direction: 1 | -1): Date {
  return new Date(moment.getTime() + direction * currentClockDifference());
}
