import { MarkAllRead } from "#components/notices/mark-all-read";
import { ExactTime } from "#components/ui/exact-time";
import { Pages } from "#components/ui/pages";
import { WithTimes } from "#components/ui/with-times";
import type { Messages } from "#lib/i18n/schema";
import { type Notice, toSentence } from "#lib/notices/schema";

type NoticeListProps = {
  notices: Notice[];
  unread: number;
  page: number;
  pageSize: number;
  count: number;
  text: Pick<Messages, "notices" | "problem">;
};

/** What the reader was told, newest first. Each leads to the page about it. */
export function NoticeList({ notices, unread, page, pageSize, count, text }: NoticeListProps) {
  const words = text.notices;
  if (count === 0) {
    return (
      <div className="rounded-card border border-line bg-surface px-6 py-12 text-center">
        <p className="font-medium">{words.emptyTitle}</p>
        <p className="mx-auto mt-1 max-w-md text-muted">{words.emptyLead}</p>
      </div>
    );
  }
  const { problem, notices: _ } = text;
  const { markAll, marking } = words;
  return (
    <section aria-label={words.title} className="rounded-card border border-line bg-surface">
      {unread > 0 && <MarkAllRead text={{ markAll, marking, problem }} />}
      <ul className="divide-y divide-line">
        {notices.map((notice) => (
          <li key={notice.id} className="flex gap-3 p-4 sm:px-6">
            <span
              className={`mt-2 size-2 shrink-0 rounded-full ${notice.read_at ? "" : "bg-accent"}`}
              aria-hidden="true"
            />
            <div className="min-w-0 flex-1">
              <p className={notice.read_at ? "wrap-anywhere" : "font-medium wrap-anywhere"}>
                {!notice.read_at && <span className="sr-only">{words.isUnread}</span>}
                <a href={notice.url} className="underline-offset-4 hover:underline">
                  <WithTimes>{toSentence(notice, words, (moment) => moment)}</WithTimes>
                </a>
              </p>
              <p className="mt-0.5 flex flex-wrap gap-x-4 text-small text-muted">
                <ExactTime at={notice.created_at} hasTime />
                {notice.organization && (
                  <span dir="auto" translate="no" className="wrap-anywhere">
                    {notice.organization.name}
                  </span>
                )}
              </p>
            </div>
          </li>
        ))}
      </ul>
      <Pages {...{ page, pageSize, count }} toHref={(to) => `/notices?page=${to}`} text={words} />
    </section>
  );
}
