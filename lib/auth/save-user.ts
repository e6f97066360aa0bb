import { createSandboxAccount } from "#lib/accounts/create-sandbox-account";
import type { Identity } from "#lib/auth/identity";
import { database } from "#lib/db/database";
import type { User } from "#lib/db/generated/client";

/**
 * The user of this issuer and subject, made at the first sign-in together with their sandbox account.
 * What is shown of them (e-mail, name, picture) is as the identity provider says now.
 */
export const saveUser = async ({ issuer, subject, ...shown }: Identity): Promise<User> => {
  const { prisma } = await database();
  return prisma.$transaction(async (tx) => {
    const { count } = await tx.user.createMany({ data: [{ issuer, subject, ...shown }], skipDuplicates: true });
    const user = await tx.user.update({ where: { issuer_subject: { issuer, subject } }, data: shown });
    if (count === 1) await createSandboxAccount(tx, user.id);
    return user;
  });
};
