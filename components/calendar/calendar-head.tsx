import { toRangeName } from "#components/calendar/day-names";
import { buttonClass } from "#components/ui/button";
import { LinkRow } from "#components/usage/link-row";
import type { CalendarRange } from "#lib/calendar/schema";
import { fill, type Locale, type Messages } from "#lib/i18n/schema";

type CalendarHeadProps = {
  range: CalendarRange;
  today: string;
  /** The week with today in it. */
  thisWeek: string;
  zone: string;
  locale: Locale;
  text: Messages["calendar"];
};

/** The name of the week or month on display, and links to others. */
export function CalendarHead({ range, today, thisWeek, zone, locale, text }: CalendarHeadProps) {
  const { view, name, previous, next } = range;
  const toHref = (other: string) => `/posts/calendar?${view}=${other}`;
  // A week leads to the month in which it begins. A month leads to today's week, or else to its first week.
  const isNow = range.first <= today && today <= range.last;
  const views = [
    { name: text.week, href: `?week=${isNow ? thisWeek : range.weeks[0]?.name}`, isCurrent: view === "week" },
    { name: text.month, href: `?month=${range.first.slice(0, 7)}`, isCurrent: view === "month" },
  ];
  const now = view === "week" ? thisWeek : today.slice(0, 7);
  return (
    <>
      <div className="mb-6 flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
        <div className="min-w-0 flex-1 basis-64">
          <h1 className="text-title font-semibold tracking-tight">{text.title}</h1>
          <p className="mt-1 text-muted">{fill(text.lead, { zone })}</p>
        </div>
        <a href="/posts" className={`${buttonClass()} max-sm:w-full`}>
          {text.list}
        </a>
      </div>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <h2 className="text-head font-semibold">{toRangeName(range, locale)}</h2>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <LinkRow label={text.view} links={views} />
          <nav aria-label={text.navigation} className="flex gap-2">
            <a href={toHref(previous)} rel="prev" className={buttonClass()}>
              {text.previous}
            </a>
            <a href={toHref(now)} aria-current={name === now ? "true" : undefined} className={buttonClass()}>
              {view === "week" ? text.thisWeek : text.thisMonth}
            </a>
            <a href={toHref(next)} rel="next" className={buttonClass()}>
              {text.next}
            </a>
          </nav>
        </div>
      </div>
    </>
  );
}
