import { toDayName, toRangeName, toWeekdayName } from "#components/calendar/day-names";
import { PlannedPosts } from "#components/calendar/planned-posts";
import type { CalendarRange, PlannedDay } from "#lib/calendar/schema";
import type { Locale, Messages } from "#lib/i18n/schema";

type CalendarGridProps = {
  range: CalendarRange;
  plan: Map<string, PlannedDay | undefined>;
  today: string;
  locale: Locale;
  text: Messages;
};

/** Weeks from Monday to Sunday as table rows. On phones, a list of the days with planned posts. */
export function CalendarGrid({ range, today, locale, ...rest }: CalendarGridProps) {
  const [first] = range.weeks;
  return (
    <table
      aria-label={toRangeName(range, locale)}
      className="w-full table-fixed border-separate border-spacing-0 rounded-card border border-line bg-surface text-left max-lg:block"
    >
      <thead className="text-small text-muted max-lg:sr-only">
        <tr>
          {first?.days.map((day) => (
            <th key={day} scope="col" className="px-2.5 py-2 font-normal">
              {toWeekdayName(day, locale)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="max-lg:block max-lg:divide-y max-lg:divide-line">
        {range.weeks.map(({ name, days }) => (
          <tr key={name} className="align-top max-lg:contents">
            {days.map((day, index) => (
              <DayCell key={day} {...rest} {...{ range, day, today, locale }} week={name} isLate={index > 3} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type DayCellProps = CalendarGridProps & {
  day: string;
  week: string;
  /** Whether the cell is so far to the right that its details must open to the left. */
  isLate: boolean;
};

function DayCell({ range, day, week, plan, today, locale, text, isLate }: DayCellProps) {
  const planned = plan.get(day);
  const isOutside = day < range.first || day > range.last;
  return (
    <td
      id={day}
      aria-current={day === today ? "date" : undefined}
      className={`scroll-mt-20 border-line px-2.5 py-2 max-lg:block max-lg:p-4 lg:border-t lg:not-first:border-l ${range.view === "week" ? "lg:h-96" : "lg:h-28"} ${isOutside ? "bg-canvas" : ""} ${planned?.posts.length ? "" : "max-lg:hidden"}`}
    >
      <time dateTime={day} className={day === today ? "font-semibold text-accent" : "text-muted"}>
        <span className="sr-only max-lg:not-sr-only">{toDayName(day, locale)}</span>
        <span aria-hidden="true" className="max-lg:hidden">
          {Number(day.slice(8))}
        </span>
        {day === today && <span className="ml-1.5 text-small lg:sr-only">{text.calendar.today}</span>}
      </time>
      {planned && planned.posts.length > 0 && (
        <PlannedPosts {...{ planned, day, week, text, isLate }} view={range.view} />
      )}
    </td>
  );
}
