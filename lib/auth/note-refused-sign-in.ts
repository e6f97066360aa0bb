import { noteRefusal } from "#lib/audit/note-refusal";
import type { Visitor } from "#lib/auth/read-visitor";
import type { SignInError } from "#lib/auth/schema";
import { database } from "#lib/db/database";

type Claims = Record<string, unknown>;

/** Notes for the log that somebody was not let in: in the user's own log when they are one, by issuer and subject. */
export const noteRefusedSignIn = async (visitor: Visitor, claims: Claims, reason: SignInError): Promise<void> => {
  const [issuer, subject] = [String(claims.iss), String(claims.sub)];
  const { prisma } = await database();
  const user = await prisma.user.findUnique({ where: { issuer_subject: { issuer, subject } }, select: { id: true } });
  const { ipAddress: address, userAgent } = visitor;
  const actor = { kind: "user", userId: user?.id ?? null, address, userAgent } as const;
  noteRefusal(actor, { action: "sign_in.refused", details: { reason, issuer, subject } });
};
