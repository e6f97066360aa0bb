import type { Prisma } from "#lib/db/generated/client";
import { settings } from "#lib/env";
import { messagesIn } from "#lib/i18n/messages-in";
import { fill, LOCALES, type Locale } from "#lib/i18n/schema";
import { queueMail } from "#lib/mail/queue-mail";
import { describeNotices } from "#lib/notices/describe-notices";
import { ALWAYS_TOLD, type Notice, toSentence } from "#lib/notices/schema";

/** A notice that was just written, with where its reader gets mail. */
export type Written = { id: string; userId: string; email: string; locale: string | null };

/** Queues a mail for each notice, in its reader's language. A mail that still waits goes with its notice. */
export const mailNotices = async (tx: Prisma.TransactionClient, written: Written[]): Promise<void> => {
  const rows = await tx.notice.findMany({ where: { id: { in: written.map(({ id }) => id) } } });
  for (const notice of await describeNotices(tx, rows)) {
    const reader = written.find(({ id }) => id === notice.id);
    if (!reader) continue;
    const locale = LOCALES.find((one) => one === reader.locale) ?? "en";
    const { userId: lane, email: address } = reader;
    await queueMail(tx, { lane, address, noticeId: notice.id, ...compose(notice, locale) });
  }
};

function compose(notice: Notice, locale: Locale) {
  const { notices, mails } = messagesIn(locale);
  const { publicUrl } = settings();
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });
  const sentence = toSentence(notice, notices, (moment) => `${day.format(new Date(moment))} (UTC)`);
  const stopping = notice.kind === ALWAYS_TOLD ? mails.notice.always : mails.notice.stopping;
  const lines = [
    sentence,
    ...(notice.organization ? [fill(mails.notice.organization, { name: notice.organization.name })] : []),
    "",
    notice.url,
    "",
    fill(mails.notice.source, { address: publicUrl }),
    fill(stopping, { url: `${publicUrl}/notices#settings` }),
  ];
  return { subject: sentence, text: `${lines.join("\n")}\n` };
}
