import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { CalendarGrid } from "#components/calendar/calendar-grid";
import { CalendarHead } from "#components/calendar/calendar-head";
import { toRangeName } from "#components/calendar/day-names";
import { TellZone } from "#components/calendar/tell-zone";
import { SeeAlso } from "#components/docs/see-also";
import { requireCurrentMember } from "#lib/auth/get-current-user";
import { getTimeZone } from "#lib/calendar/get-time-zone";
import { listPlannedDays } from "#lib/calendar/list-planned-days";
import { readRange, toWeek, toZonedDay } from "#lib/calendar/zoned-days";
import { getMessages } from "#lib/i18n/get-messages";

const SHOWN_A_DAY = { week: 12, month: 3 };

type CalendarPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export const generateMetadata = async ({ searchParams }: CalendarPageProps): Promise<Metadata> => {
  const [{ range }, { locale, text }] = await Promise.all([readAddress(searchParams), getMessages()]);
  return { title: range ? `${text.calendar.title} · ${toRangeName(range, locale)}` : text.notFound.title };
};

export default async function CalendarPage({ searchParams }: CalendarPageProps) {
  const member = await requireCurrentMember("/posts/calendar");
  const [{ range, zone, today }, { locale, text }] = await Promise.all([readAddress(searchParams), getMessages()]);
  if (!range) notFound();
  const days = range.weeks.flatMap((week) => week.days);
  const planned = await listPlannedDays(member.organizationId, {
    days,
    timeZone: zone,
    shown: SHOWN_A_DAY[range.view],
  });
  const plan = new Map(days.map((day, index) => [day, planned[index]]));
  const isEmpty = planned.every(({ posts }) => posts.length === 0);
  const { calendar } = text;
  return (
    <>
      <TellZone isShown />
      <CalendarHead range={range} today={today} thisWeek={toWeek(today)} zone={zone} locale={locale} text={calendar} />
      {isEmpty && (
        <div className="mb-4 rounded-card border border-line px-6 py-8 text-center">
          <p className="font-medium">{calendar.emptyTitle}</p>
          <p className="mx-auto mt-1 max-w-md text-muted">{calendar.emptyLead}</p>
          <SeeAlso href="/posts">{calendar.list}</SeeAlso>
        </div>
      )}
      <CalendarGrid {...{ range, plan, today, locale, text }} />
    </>
  );
}

async function readAddress(searchParams: CalendarPageProps["searchParams"]) {
  const [query, zone] = await Promise.all([searchParams, getTimeZone()]);
  const today = toZonedDay(new Date(), zone);
  return { range: readRange(query, today), zone, today };
}
