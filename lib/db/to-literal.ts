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
