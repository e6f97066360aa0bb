import { database } from "#lib/db/database";
import { acceptInvitation, declineInvitation } from "#lib/invitations/answer-invitation";
import { invite } from "#lib/invitations/invite";
import type { Role } from "#lib/organizations/schema";
import { actIn, type Person } from "#lib/organizations/testing/team";

/** Invites an address as this person and returns the invitation's id. */
export const send = async (
  organizationId: string,
  sender: Person,
  { email, role = "member" }: { email: string; role?: Role },
): Promise<string> => (await invite(actIn(sender, organizationId), { email, role })).invitation.id;

/** Accepts as this person. */
export const accept = ({ actor, email }: Person, id: string) => acceptInvitation({ actor, email }, id);

/** Declines as this person. */
export const decline = ({ actor, email }: Person, id: string) => declineInvitation({ actor, email }, id);

/** Has an invitation expired for a moment. */
export const expire = async (id: string): Promise<void> => {
  const { prisma } = await database();
  await prisma.$executeRaw`
    UPDATE invitations SET expires_at = clock_timestamp() - interval '1 millisecond' WHERE id = ${id}::uuid`;
};

/** An invitation's row. */
export const read = async (id: string) => {
  const { prisma } = await database();
  return prisma.invitation.findUniqueOrThrow({ where: { id } });
};
