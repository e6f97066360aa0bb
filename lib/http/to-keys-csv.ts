import { toCsv } from "#lib/http/to-csv";
import type { ApiKey } from "#lib/keys/schema";

const COLUMNS = [
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

/** The keys as CSV, one line each: what the list shows, and no secret, because there is none to show. */
export const toKeysCsv = (keys: ApiKey[]): string =>
  toCsv([[...COLUMNS], ...keys.map((key) => COLUMNS.map((column) => toText(key[column])))]);

function toText(value: ApiKey[keyof ApiKey]): string {
  return Array.isArray(value) ? value.join(" ") : String(value ?? "");
}
