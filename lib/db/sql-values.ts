const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether the text is a uuid in PostgreSQL's usual spelling. */
export const isUuid = (text: string | undefined): text is string => text !== undefined && UUID.test(text);

/**
 * A number, text, bytes, a boolean, null, or an array of the first three as an SQL constant. The database must have
 * `standard_conforming_strings` on, which is the default. Throws for any other type, so that nothing unexpected reaches a
 * statement.
 */
export const toLiteral = (value: unknown): string =>
  value === null ? "NULL" : `'${toText(value).replaceAll("'", "''")}'`;

function toText(value: unknown): string {
  if (typeof value === "string") return value;
  if (Number.isFinite(value) || typeof value === "boolean") return String(value);
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString("hex")}`;
  if (Array.isArray(value)) return `{${value.map((item) => quote(toText(item))).join(",")}}`;
  throw new TypeError("Only numbers, text, bytes and arrays of those can be constants in SQL.");
}

function quote(item: string): string {
  return `"${item.replaceAll(/["\\]/g, "\\$&")}"`;
}

/** A moment in the wire format: UTC, whole seconds, `2025-01-15T10:30:00Z`. */
export const toMoment = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;
