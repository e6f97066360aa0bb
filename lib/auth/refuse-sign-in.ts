import { database } from "#lib/db/database";
import { settings } from "#lib/env";
import { isInvited } from "#lib/invitations/list-invitations";
import { toAddressKey, toDomainKey } from "#lib/organizations/address-key";
import type { AllowedSignIns } from "#lib/setting-formats";

/** Claims of an ID token whose signature was verified. */
type Claims = Record<string, unknown>;

/** Why a sign-in is refused, and the user whose it is, if they have been here before. The visitor is not told which. */
export type RefusedSignIn = { reason: "EmailNotVerified" | "NotAllowed"; userId: string | null };

/**
 * Why these claims may not sign in, or undefined when they may: the e-mail address is verified, and the account is allowed,
 * has a user here already, or could accept an invitation now.
 */
export const findRefusal = async (claims: Claims): Promise<RefusedSignIn | undefined> => {
  const userId = await findUserId(claims);
  if (claims.email_verified !== true) return { reason: "EmailNotVerified", userId };
  const maySignIn =
    userId !== null || isAllowed(claims, settings().allowedSignIns) || (await isInvited(String(claims.email)));
  return maySignIn ? undefined : { reason: "NotAllowed", userId };
};

/** Whether the setting lets an account with these claims in. Its domain is Google's `hd`, never the end of its address. */
export const isAllowed = ({ hd, email }: Claims, allowed: AllowedSignIns | undefined): boolean => {
  if (allowed === undefined) return true;
  const domain = typeof hd === "string" ? toDomainKey(hd) : undefined;
  if (domain !== undefined && allowed.domains.has(domain)) return true;
  const address = typeof email === "string" ? toAddressKey(email) : undefined;
  return address !== undefined && allowed.addresses.has(address);
};

async function findUserId({ iss, sub }: Claims): Promise<string | null> {
  if (typeof iss !== "string" || typeof sub !== "string") return null;
  const { prisma } = await database();
  const where = { issuer_subject: { issuer: iss, subject: sub } };
  return (await prisma.user.findUnique({ where, select: { id: true } }))?.id ?? null;
}
