import { hashSessionToken } from "#lib/auth/hash-session-token";
import { database } from "#lib/db/database";

/** The browser that signs in, as far as its owner may want to recognise it later. */
export type Visitor = {
  userAgent: string | null;
  ipAddress: string | null;
  /** The session token that the browser brought along; it stops working when the new one starts. */
  previousToken: string | undefined;
};

type NewSession = { token: string; userId: string; expiresAt: Date; visitor: Visitor };

/** Stores a session under its token's hash, and clears away the one it replaces and the user's expired ones. */
export const createSession = async ({ token, userId, expiresAt, visitor }: NewSession): Promise<void> => {
  const { userAgent, ipAddress, previousToken } = visitor;
  const { prisma } = await database();
  await prisma.$transaction(async (tx) => {
    await tx.session.deleteMany({ where: { userId, expiresAt: { lte: new Date() } } });
    if (previousToken) await tx.session.deleteMany({ where: { tokenHash: hashSessionToken(previousToken) } });
    await tx.session.create({ data: { userId, tokenHash: hashSessionToken(token), userAgent, ipAddress, expiresAt } });
  });
};
