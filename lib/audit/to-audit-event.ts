import { type AuditEvent, auditEventSchema } from "#lib/audit/schema";
import type { ApiKey, AuditEvent as AuditEventRow } from "#lib/db/generated/client";
import { toMoment } from "#lib/db/to-moment";

/** What may leave of an event's row, with the key that it is about as it is called now. */
export const toAuditEvent = (
  row: AuditEventRow,
  key: Pick<ApiKey, "id" | "name" | "preview"> | undefined,
): AuditEvent =>
  auditEventSchema.parse({
    id: Buffer.from(row.hash).toString("hex"),
    at: toMoment(row.at),
    action: row.action,
    actor: row.actor,
    key: key ? { id: key.id, name: key.name, key_preview: key.preview } : null,
    session_id: row.sessionId,
    address: row.address,
    user_agent: row.userAgent,
    details: JSON.parse(row.details),
  });
