import type { Metadata } from "next";
import { PageTitle } from "#components/console/page-title";
import { NoticeList } from "#components/notices/notice-list";
import { NoticeSettingsForm } from "#components/notices/notice-settings-form";
import { requireCurrentUser } from "#lib/auth/get-current-user";
import { getMessages } from "#lib/i18n/get-messages";
import { countUnread, listNotices } from "#lib/notices/list-notices";
import { getNoticeSettings } from "#lib/notices/notice-settings";
import { ALWAYS_TOLD } from "#lib/notices/schema";

const PAGE_SIZE = 20;

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getMessages()).text.notices.title });

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** What the reader was told, in all their organizations, and what they want to be told. */
export default async function NoticesPage({ searchParams }: Props) {
  const { page: given } = await searchParams;
  const user = await requireCurrentUser("/notices");
  const page = typeof given === "string" && /^[1-9]\d{0,3}$/.test(given) ? Number(given) : 1;
  const [{ count, notices }, unread, settings, { text }] = await Promise.all([
    listNotices(user.id, { skip: (page - 1) * PAGE_SIZE, take: PAGE_SIZE }),
    countUnread(user.id),
    getNoticeSettings(user.id),
    getMessages(),
  ]);
  const { settings: words } = text.notices;
  return (
    <>
      <PageTitle title={text.notices.title} lead={text.notices.lead} />
      <NoticeList {...{ notices, unread, page, count, text }} pageSize={PAGE_SIZE} />
      <section aria-labelledby="settings" className="mt-8 rounded-card border border-line bg-surface p-4 sm:p-6">
        <h2 id="settings" className="scroll-mt-20 text-head font-semibold">
          {words.title}
        </h2>
        <p className="mb-2 text-muted">{settings.sends_mail ? words.lead : words.leadWithoutMail}</p>
        <NoticeSettingsForm
          settings={settings}
          always={ALWAYS_TOLD}
          text={{ settings: words, problem: text.problem }}
        />
      </section>
    </>
  );
}
