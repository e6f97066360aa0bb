import { currentMoment } from "#lib/clock";
import { database } from "#lib/db/database";
import type { Prisma } from "#lib/db/generated/client";
import { isUuid, toMoment } from "#lib/db/sql-values";
import { settings } from "#lib/env";
import {
  type Invitation,
  type InvitationStatus,
  invitationSchema,
  type ReceivedInvitation,
  receivedInvitationSchema,
} from "#lib/invitations/schema";
import { toAddressKey } from "#lib/organizations/address-key";

/** The relations that `toInvitation` needs. */
export const INVITATION_INCLUDE = {
  invitedBy: { select: { id: true, name: true, email: true, locale: true } },
} as const satisfies Prisma.InvitationInclude;

/** An invitation's row with its sender. */
export type InvitationRow = Prisma.InvitationGetPayload<{ include: typeof INVITATION_INCLUDE }>;

const RECEIVED_INCLUDE = {
  ...INVITATION_INCLUDE,
  organization: { select: { id: true, name: true } },
} as const satisfies Prisma.InvitationInclude;

type ReceivedRow = Prisma.InvitationGetPayload<{ include: typeof RECEIVED_INCLUDE }>;

/** The organization's invitations, newest first, and the total count. */
export const listInvitations = async (
  organizationId: string,
  { skip, take }: { skip: number; take: number },
): Promise<{ count: number; invitations: Invitation[] }> => {
  const { prisma } = await database();
  const where = { organizationId };
  const [count, rows] = await prisma.$transaction([
    prisma.invitation.count({ where }),
    prisma.invitation.findMany({
      where,
      include: INVITATION_INCLUDE,
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      skip,
      take,
    }),
  ]);
  return { count, invitations: rows.map(toInvitation) };
};

/** Converts an invitation's row to what admins see. */
export const toInvitation = (row: InvitationRow): Invitation =>
  invitationSchema.parse({
    id: row.id,
    email: row.email,
    role: row.role,
    status: toStatus(row),
    invited_by: row.invitedBy,
    created_at: toMoment(row.createdAt),
    expires_at: toMoment(row.expiresAt),
    settled_at: row.settledAt && toMoment(row.settledAt),
    url: `${settings().publicUrl}/invitations/${row.id}`,
    mail: settings().mail ? { sent_at: row.mailedAt && toMoment(row.mailedAt), failed: row.mailError !== null } : null,
  });

/** An invitation's status now, by the database's clock. */
export const toStatus = ({ outcome, expiresAt }: Pick<InvitationRow, "outcome" | "expiresAt">): InvitationStatus => {
  if (outcome) return outcome as InvitationStatus;
  return expiresAt <= currentMoment() ? "expired" : "pending";
};

/** The condition for the invitations that the person with this address could accept now. */
const toOpenFor = (email: string): Prisma.InvitationWhereInput => ({
  addressKey: toAddressKey(email) ?? "",
  settledAt: null,
  expiresAt: { gt: currentMoment() },
  organization: { deletedAt: null },
});

/** The invitations that the person with this verified address can accept, newest first. */
export const listReceivedInvitations = async (email: string): Promise<ReceivedInvitation[]> => {
  const { prisma } = await database();
  const rows = await prisma.invitation.findMany({
    where: toOpenFor(email),
    include: RECEIVED_INCLUDE,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  return rows.map(toReceived);
};

/** The invitation with this id, if the person with this verified address can accept it now. Null for every other. */
export const findReceivedInvitation = async (email: string, id: string): Promise<ReceivedInvitation | null> => {
  if (!isUuid(id)) return null;
  const { prisma } = await database();
  const row = await prisma.invitation.findFirst({ where: { ...toOpenFor(email), id }, include: RECEIVED_INCLUDE });
  return row && toReceived(row);
};

function toReceived({ id, organization, role, invitedBy, expiresAt }: ReceivedRow): ReceivedInvitation {
  return receivedInvitationSchema.parse({
    ...{ id, organization, role },
    invited_by: invitedBy,
    expires_at: toMoment(expiresAt),
  });
}

/** Whether the person with this verified address can accept an invitation now. */
export const isInvited = async (email: string): Promise<boolean> => {
  const { prisma } = await database();
  return (await prisma.invitation.count({ where: toOpenFor(email) })) > 0;
};

const KEPT_DAYS = 90;

/** Removes invitations that were settled, or expired, long ago. Any instance may run it at any time. */
export const pruneInvitations = async (): Promise<void> => {
  const { prisma } = await database();
  const before = { lt: new Date(currentMoment().getTime() - KEPT_DAYS * 86_400_000) };
  await prisma.invitation.deleteMany({
    where: { OR: [{ settledAt: before }, { settledAt: null, expiresAt: before }] },
  });
};
