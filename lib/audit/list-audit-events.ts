import type { AuditEvent, AuditFilter } from "#lib/audit/schema";
import { toAuditEvent } from "#lib/audit/to-audit-event";
import { toAuditWhere } from "#lib/audit/to-audit-where";
import { database } from "#lib/db/database";
import type { AuditEvent as AuditEventRow } from "#lib/db/generated/client";

type Range = { skip: number; take: number };

/** The user's own events that match, newest first, and how many there are in all. */
export const listAuditEvents = async (
  userId: string,
  filter: AuditFilter,
  { skip, take }: Range,
): Promise<{ count: number; events: AuditEvent[] }> => {
  const { prisma } = await database();
  const where = toAuditWhere(userId, filter);
  const [count, rows] = await prisma.$transaction([
    prisma.auditEvent.count({ where }),
    prisma.auditEvent.findMany({ where, orderBy: { seq: "desc" }, skip, take }),
  ]);
  return { count, events: await withKeys(userId, rows) };
};

// The log has no relation to the keys, because it outlives them.
async function withKeys(userId: string, rows: AuditEventRow[]): Promise<AuditEvent[]> {
  const { prisma } = await database();
  const ids = [...new Set(rows.flatMap(({ keyId }) => keyId ?? []))];
  const keys = await prisma.apiKey.findMany({
    where: { id: { in: ids }, userId },
    select: { id: true, name: true, preview: true },
  });
  const byId = new Map(keys.map((key) => [key.id, key]));
  return rows.map((row) => toAuditEvent(row, byId.get(row.keyId ?? "")));
}
