import type { Prisma } from "#lib/db/generated/client";
import { settings } from "#lib/env";

/** A plain-text mail to one person. */
export type NewMail = {
  address: string;
  subject: string;
  text: string;
  /** The organization or person that it is for. */
  lane: string;
  /** The invitation that it is about. The mail is not sent once that invitation is settled, and its row goes with it. */
  invitationId?: string;
  /** The notice that it tells of. The mail goes with the notice. */
  noticeId?: string;
};

/**
 * Queues a mail in the transaction that causes it; a worker sends it after the commit. Does nothing without `SMTP_URL`. A new
 * mail about an invitation takes the place of one that still waits.
 */
export const queueMail = async (tx: Prisma.TransactionClient, mail: NewMail): Promise<void> => {
  if (!settings().mail) return;
  const { invitationId } = mail;
  if (invitationId !== undefined) await tx.mail.deleteMany({ where: { invitationId, claimId: null } });
  await tx.mail.create({ data: mail });
};
