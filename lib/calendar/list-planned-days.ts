import { type PlannedDay, plannedPostSchema } from "#lib/calendar/schema";
import { addDays, startOfDay, toZonedMoment } from "#lib/calendar/zoned-days";
import { database } from "#lib/db/database";
import { toMoment } from "#lib/db/sql-values";
import { partsSchema } from "#lib/posts/schema";

// However many posts a day has, at most this many times the number shown are counted.
const COUNTED_FOR_EACH_SHOWN = 10;

type Days = { days: string[]; timeZone: string; shown: number };

/**
 * Lists what the organization has planned for the given days of a time zone, in order of time, at most `shown` posts a
 * day. Cancelled posts are left out.
 */
export const listPlannedDays = async (
  organizationId: string,
  { days, timeZone, shown }: Days,
): Promise<PlannedDay[]> => {
  const { prisma } = await database();
  const counted = shown * COUNTED_FOR_EACH_SHOWN;
  const toStart = (day: string) => startOfDay(day, timeZone).toISOString();
  const found = await prisma.$queryRaw<{ id: string; day: number }[]>`
    SELECT post.id, day.number::int AS day
    FROM unnest(${days.map(toStart)}::text[], ${days.map((day) => toStart(addDays(day, 1)))}::text[])
           WITH ORDINALITY AS day(first, next, number)
    CROSS JOIN LATERAL (
      SELECT id, scheduled_at FROM posts
      WHERE organization_id = ${organizationId}::uuid AND status <> 'cancelled'
        AND scheduled_at >= day.first::timestamptz AND scheduled_at < day.next::timestamptz
      ORDER BY scheduled_at, id LIMIT ${counted}
    ) post
    ORDER BY day.number, post.scheduled_at, post.id`;
  const listed = days.map((_, index) => found.filter(({ day }) => day === index + 1).map(({ id }) => id));
  const rows = await prisma.post.findMany({
    where: { organizationId, id: { in: listed.flatMap((ids) => ids.slice(0, shown)) } },
    select: { id: true, status: true, scheduledAt: true, parts: true, account: { select: { displayName: true } } },
  });
  const posts = new Map(rows.map((row) => [row.id, toPlannedPost(row, timeZone)]));
  return listed.map((ids) => ({
    posts: ids.slice(0, shown).flatMap((id) => posts.get(id) ?? []),
    more: Math.max(0, ids.length - shown),
    isMoreThanThat: ids.length === counted,
  }));
};

type Row = { id: string; status: string; scheduledAt: Date | null; parts: unknown; account: { displayName: string } };

function toPlannedPost({ id, status, scheduledAt, parts, account }: Row, timeZone: string) {
  return plannedPostSchema.parse({
    id,
    status,
    scheduled_at: scheduledAt && toMoment(scheduledAt),
    local: scheduledAt && toZonedMoment(scheduledAt, timeZone),
    text: partsSchema.parse(parts).map(({ text }) => text),
    account: account.displayName,
  });
}
