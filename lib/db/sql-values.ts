const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether PostgreSQL would take the text for a uuid in its usual spelling. */
export const isUuid = (text: string | undefined): text is string => text !== undefined && UUID.test(text);

/**
 * A number, text, bytes, a truth value, null or an array of the first three as a constant in SQL, for a database whose `standard_conforming_strings`
 * is on, as it is by default. Throws for anything else, so that nothing unforeseen gets into a statement.
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

/** A moment as it is written on the wire: UTC, whole seconds, `2025-01-15T10:30:00Z`. */
export const toMoment = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;
