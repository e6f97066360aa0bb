import { STATE_LOOKS } from "#components/posts/post-state";
import { toUtcTime } from "#components/ui/format-time";
import type { CalendarRange, PlannedDay, PlannedPost } from "#lib/calendar/schema";
import { fill, type Messages } from "#lib/i18n/schema";

type PlannedPostsProps = {
  planned: PlannedDay;
  day: string;
  week: string;
  view: CalendarRange["view"];
  text: Messages;
  isLate: boolean;
};

/** The first posts of a day, each linked, and a link to the others. */
export function PlannedPosts({ planned, day, week, view, text, isLate }: PlannedPostsProps) {
  const { posts, more, isMoreThanThat } = planned;
  const rest = `${more.toLocaleString("en")}${isMoreThanThat ? "+" : ""}`;
  return (
    <ul className="mt-1 space-y-1">
      {posts.map((post) => (
        <PlannedEntry key={post.id} {...{ post, text, isLate }} isShort={view === "month"} />
      ))}
      {more > 0 && (
        <li>
          <a
            href={view === "month" ? `/posts/calendar?week=${week}#${day}` : "/posts?status=scheduled"}
            className="inline-flex min-h-11 items-center text-small text-accent underline underline-offset-4 mouse:min-h-6"
          >
            {fill(text.calendar.more, { count: rest })}
          </a>
        </li>
      )}
    </ul>
  );
}

type PlannedEntryProps = { post: PlannedPost; text: Messages; isLate: boolean; isShort: boolean };

function PlannedEntry({ post, text, isLate, isShort }: PlannedEntryProps) {
  const { id, status, scheduled_at: at, local, account } = post;
  const { Icon, className } = STATE_LOOKS[status];
  return (
    <li className="relative">
      <a
        href={`/posts?id=${id}`}
        aria-describedby={`time-${id}`}
        className={`block min-h-11 rounded-control px-2 py-1 text-small hover:underline mouse:min-h-0 ${className}`}
      >
        <span className="flex items-center gap-1.5 tabular-nums">
          <Icon className="size-3.5" />
          <span>{local.slice(11, 16)}</span>
          {status !== "scheduled" && <span className="sr-only">{text.posts.states[status]}</span>}
        </span>
        <span dir="auto" className={`wrap-anywhere text-ink ${isShort ? "line-clamp-1" : "line-clamp-3"}`}>
          {post.text.find((part) => part.trim() !== "") ?? text.posts.noText}
        </span>
        <bdi translate="no" className={`line-clamp-1 text-muted wrap-anywhere ${isShort ? "lg:sr-only" : ""}`}>
          {account}
        </bdi>
      </a>
      <span role="tooltip" id={`time-${id}`} className={`tooltip ${isLate ? "sm:right-0 sm:left-auto" : ""}`}>
        <span className="block">{local}</span>
        {local !== toUtcTime(at) && <span className="block">{toUtcTime(at)}</span>}
      </span>
    </li>
  );
}
