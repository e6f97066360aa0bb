import {
  type AuditEvent,
  type AuditFilter,
  type AuditKey,
  auditEventSchema,
  auditFilterSchema,
  PERSONAL_ACTIONS,
  toEnd,
} from "#lib/audit/schema";
import { database } from "#lib/db/database";
import type { ApiKey, AuditEvent as AuditEventRow, Prisma } from "#lib/db/generated/client";
import { toMoment } from "#lib/db/sql-values";
import { mayAct } from "#lib/organizations/acts";
import type { Membership } from "#lib/organizations/schema";

type Range = { skip: number; take: number };

/** Who reads the log: a person in an organization of theirs. */
type Reader = Membership & { userId: string };

/**
 * One page of the reader's own events, and of the organization's if their role may read them, that match the filter, newest
 * first, and the total count.
 */
export const listAuditEvents = async (
  reader: Reader,
  filter: AuditFilter,
  { skip, take }: Range,
): Promise<{ count: number; events: AuditEvent[] }> => {
  const own = await readLog(toOwnWhere(reader, filter), skip + take);
  const shared = mayAct(reader.role, "activity.read")
    ? await readLog(toSharedWhere(reader, filter), skip + take)
    : { count: 0, rows: [] };
  const rows = [...own.rows, ...shared.rows].sort((one, other) => (one.seq > other.seq ? -1 : 1));
  return {
    count: own.count + shared.count,
    events: await complete(reader.organizationId, rows.slice(skip, skip + take)),
  };
};

// One owner at a time: the index is in the order of each owner's events, and a condition on two owners would read them all.
async function readLog(
  where: Prisma.AuditEventWhereInput,
  take: number,
): Promise<{ count: number; rows: AuditEventRow[] }> {
  const { prisma } = await database();
  const [count, rows] = await prisma.$transaction([
    prisma.auditEvent.count({ where }),
    prisma.auditEvent.findMany({ where, orderBy: { seq: "desc" }, take }),
  ]);
  return { count, rows };
}

// The log has no relation to keys and persons, because it outlives them.
async function complete(organizationId: string, rows: AuditEventRow[]): Promise<AuditEvent[]> {
  const { prisma } = await database();
  const ids = [...new Set(rows.flatMap(({ keyId }) => keyId ?? []))];
  const actorIds = [...new Set(rows.flatMap(({ actorId }) => actorId ?? []))];
  const [keys, actors] = await prisma.$transaction([
    prisma.apiKey.findMany({
      where: { id: { in: ids }, organizationId },
      select: { id: true, name: true, preview: true },
    }),
    prisma.user.findMany({ where: { id: { in: actorIds } }, select: { id: true, name: true, email: true } }),
  ]);
  const keysById = new Map(keys.map((key) => [key.id, key]));
  const actorsById = new Map(actors.map((actor) => [actor.id, actor]));
  return rows.map((row) => toAuditEvent(row, keysById.get(row.keyId ?? ""), actorsById.get(row.actorId ?? "")));
}

const MAX_KEYS = 200;

/**
 * The organization's keys that events can refer to: the existing ones by name, then the deleted ones, most recently deleted first.
 */
export const listAuditKeys = async (organizationId: string): Promise<AuditKey[]> => {
  const { prisma } = await database();
  const rows = await prisma.apiKey.findMany({
    where: { organizationId },
    orderBy: [{ revokedAt: { sort: "desc", nulls: "first" } }, { name: "asc" }],
    select: { id: true, name: true, preview: true, revokedAt: true },
    take: MAX_KEYS,
  });
  return rows.map(({ id, name, preview, revokedAt }) => ({ id, name, preview, isDeleted: revokedAt !== null }));
};

type SearchParams = Record<string, string | string[] | undefined>;

/** The filter and page that a page's address asks for. An invalid filter is dropped, and `isUnderstood` is then false. */
export const readAuditQuery = (given: SearchParams): { filter: AuditFilter; page: number; isUnderstood: boolean } => {
  // The form also submits its empty fields.
  const filled = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ""));
  const { success: isUnderstood, data: filter = {} } = auditFilterSchema.safeParse(filled);
  const page = typeof given.page === "string" && /^[1-9]\d{0,6}$/.test(given.page) ? Number(given.page) : 1;
  return { filter, page, isUnderstood };
};

// PostgreSQL and ISO 8601 can both write this range.
const EARLIEST = Date.UTC(1970, 0, 1);
const LATEST = Date.UTC(9999, 11, 31);

// The owner alone does not tell them apart: the first organizations took over the ids of their only members.
const toOwnWhere = ({ userId }: Reader, filter: AuditFilter): Prisma.AuditEventWhereInput => ({
  AND: [toAuditWhere(filter), { ownerId: userId, action: { in: [...PERSONAL_ACTIONS] } }],
});
const toSharedWhere = ({ organizationId }: Reader, filter: AuditFilter): Prisma.AuditEventWhereInput => ({
  AND: [toAuditWhere(filter), { ownerId: organizationId, action: { notIn: [...PERSONAL_ACTIONS] } }],
});

/** The condition for the events that match the filter. Its end includes the whole day or second that it names. */
export const toAuditWhere = ({ action, key_id, from, to }: AuditFilter): Prisma.AuditEventWhereInput => ({
  ...(action !== undefined && { action }),
  ...(key_id !== undefined && { keyId: key_id }),
  at: { gte: from === undefined ? new Date(EARLIEST) : toDate(Date.parse(from)), lt: toDate(to ? toEnd(to) : LATEST) },
});

function toDate(milliseconds: number): Date {
  return new Date(Math.min(Math.max(milliseconds, EARLIEST), LATEST));
}

/** Converts an event's row for output, with the current name of the key that it refers to. */
const toAuditEvent = (
  row: AuditEventRow,
  key: Pick<ApiKey, "id" | "name" | "preview"> | undefined,
  actor: AuditEvent["actor_user"] | undefined,
): AuditEvent =>
  auditEventSchema.parse({
    id: Buffer.from(row.hash).toString("hex"),
    at: toMoment(row.at),
    action: row.action,
    actor: row.actor,
    actor_user: actor ?? null,
    key: key ? { id: key.id, name: key.name, key_preview: key.preview } : null,
    session_id: row.sessionId,
    address: row.address,
    user_agent: row.userAgent,
    details: JSON.parse(row.details),
    actor_id: row.actorId,
  });
