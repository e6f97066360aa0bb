import { type AuditFilter, toEnd } from "#lib/audit/schema";
import type { Prisma } from "#lib/db/generated/client";

// What PostgreSQL and ISO 8601 both can write.
const EARLIEST = Date.UTC(1970, 0, 1);
const LATEST = Date.UTC(9999, 11, 31);

/** The user's own events that the filter wants. Its end is the whole day, or the whole second, that it names. */
export const toAuditWhere = (
  userId: string,
  { action, key_id, from, to }: AuditFilter,
): Prisma.AuditEventWhereInput => ({
  userId,
  ...(action !== undefined && { action }),
  ...(key_id !== undefined && { keyId: key_id }),
  at: { gte: from === undefined ? new Date(EARLIEST) : toDate(Date.parse(from)), lt: toDate(to ? toEnd(to) : LATEST) },
});

function toDate(milliseconds: number): Date {
  return new Date(Math.min(Math.max(milliseconds, EARLIEST), LATEST));
}
