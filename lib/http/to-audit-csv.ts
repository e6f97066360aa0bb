import type { AuditEvent } from "#lib/audit/schema";
import { toCsv } from "#lib/http/to-csv";

const COLUMNS = [
  "at",
  "action",
  "actor",
  "key_id",
  "key_name",
  "key_preview",
  "session_id",
  "address",
  "user_agent",
  "details",
  "id",
];

/** The events as CSV, one line each. */
export const toAuditCsv = (events: AuditEvent[]): string => toCsv([COLUMNS, ...events.map(toRow)]);

function toRow({ id, at, action, actor, key, session_id, address, user_agent, details }: AuditEvent): string[] {
  const ofKey = [key?.id ?? "", key?.name ?? "", key?.key_preview ?? ""];
  return [at, action, actor, ...ofKey, session_id ?? "", address ?? "", user_agent ?? "", JSON.stringify(details), id];
}
