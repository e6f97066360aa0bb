// A spreadsheet takes what begins so for a formula, and would run it (OWASP, CSV Injection).
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** The rows as CSV (RFC 4180) that a spreadsheet shows and never runs, marked as UTF-8 for those that would guess. */
export const toCsv = (rows: string[][]): string =>
  `\ufeff${rows.map((row) => `${row.map(toCell).join(",")}\r\n`).join("")}`;

function toCell(text: string): string {
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
