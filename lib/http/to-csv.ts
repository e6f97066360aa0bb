import type { AuditEvent } from "#lib/audit/schema";
import type { ApiKey } from "#lib/keys/schema";

// A spreadsheet would run a cell with such a first character as a formula (OWASP, CSV Injection).
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** The rows as CSV (RFC 4180) that a spreadsheet displays but never runs, with a byte order mark that declares UTF-8. */
export const toCsv = (rows: string[][]): string =>
  `\ufeff${rows.map((row) => `${row.map(toCell).join(",")}\r\n`).join("")}`;

function toCell(text: string): string {
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

const AUDIT_COLUMNS = [
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
  "actor_id",
  "actor_name",
  "actor_email",
];

/** The events as CSV, one line for each. */
export const toAuditCsv = (events: AuditEvent[]): string => toCsv([AUDIT_COLUMNS, ...events.map(toRow)]);

function toRow({ id, at, action, actor, key, details, actor_user: person, ...event }: AuditEvent): string[] {
  const ofKey = [key?.id ?? "", key?.name ?? "", key?.key_preview ?? ""];
  const whence = [event.session_id ?? "", event.address ?? "", event.user_agent ?? ""];
  // A person whose account is gone has an id only.
  const who = [event.actor_id ?? "", person?.name ?? "", person?.email ?? ""];
  return [at, action, actor, ...ofKey, ...whence, JSON.stringify(details), id, ...who];
}

const KEY_COLUMNS = [
  "id",
  "name",
  "key_preview",
  "environment",
  "status",
  "created_at",
  "last_used_at",
  "expires_at",
  "scopes",
  "allowed_addresses",
  "rate_limit_per_minute",
  "note",
] as const satisfies (keyof ApiKey)[];

/** The keys as CSV, one line for each, with the list's columns. There is no secret to export. */
export const toKeysCsv = (keys: ApiKey[]): string =>
  toCsv([[...KEY_COLUMNS], ...keys.map((key) => KEY_COLUMNS.map((column) => toText(key[column])))]);

function toText(value: ApiKey[keyof ApiKey]): string {
  return Array.isArray(value) ? value.join(" ") : String(value ?? "");
}
