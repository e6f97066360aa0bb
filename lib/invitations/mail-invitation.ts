import type { Prisma } from "#lib/db/generated/client";
import { settings } from "#lib/env";
import { messagesIn } from "#lib/i18n/messages-in";
import { fill, LOCALES, type Locale } from "#lib/i18n/schema";
import type { InvitationRow } from "#lib/invitations/list-invitations";
import { queueMail } from "#lib/mail/queue-mail";
import type { Role } from "#lib/organizations/schema";

/**
 * Queues the mail about an invitation in the transaction that writes the invitation, in the language that its sender chose, or
 * else in that of their page. Does nothing without `SMTP_URL`.
 */
export const mailInvitation = async (
  tx: Prisma.TransactionClient,
  { id, organizationId, email, role, invitedBy, expiresAt }: InvitationRow,
  pageLocale: Locale | undefined,
): Promise<void> => {
  const { publicUrl, mail } = settings();
  if (!mail) return;
  const { name: organization } = await tx.organization.findUniqueOrThrow({ where: { id: organizationId } });
  const locale = LOCALES.find((one) => one === invitedBy?.locale) ?? pageLocale ?? "en";
  const { organizations, mails } = messagesIn(locale);
  const sender = invitedBy?.name ?? invitedBy?.email ?? "";
  const ends = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(expiresAt);
  const values = {
    ...{ sender, organization, ends, email, address: publicUrl, url: `${publicUrl}/invitations/${id}` },
    role: organizations.roles[role as Role],
  };
  await queueMail(tx, {
    address: email,
    subject: fill(mails.invitation.subject, values),
    text: fill(mails.invitation.text, values),
    ...{ lane: organizationId, invitationId: id },
  });
};
