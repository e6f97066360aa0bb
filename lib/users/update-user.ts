import { recordAuditEvent } from "#lib/audit/record-audit-event";
import type { UserActor } from "#lib/audit/schema";
import { database } from "#lib/db/database";
import type { User as UserRow } from "#lib/db/generated/client";
import { toMoment } from "#lib/db/sql-values";
import { accountGone } from "#lib/organizations/require-membership";
import { type User, type UserChanges, userSchema } from "#lib/users/schema";

/** The person's own account. Throws 401 when it is gone. */
export const getUser = async (userId: string): Promise<User> => {
  const { prisma } = await database();
  const row = await prisma.user.findUnique({ where: { id: userId } });
  if (!row) throw accountGone();
  return toUser(row);
};

/** Changes the person's language and time zone. Null stands for the browser's. */
export const updateUser = async (actor: UserActor, { locale, time_zone: timeZone }: UserChanges): Promise<User> => {
  const { prisma } = await database();
  const data = { ...(locale !== undefined && { locale }), ...(timeZone !== undefined && { timeZone }) };
  return prisma.$transaction(async (tx) => {
    const [row] = await tx.user.updateManyAndReturn({ where: { id: actor.userId }, data });
    if (!row) throw accountGone();
    await recordAuditEvent(tx, actor, { action: "user.updated", details: { locale, time_zone: timeZone } });
    return toUser(row);
  });
};

function toUser({ id, email, name, picture, locale, timeZone, createdAt }: UserRow): User {
  return userSchema.parse({
    ...{ id, email, name, picture, locale },
    time_zone: timeZone,
    created_at: toMoment(createdAt),
  });
}
