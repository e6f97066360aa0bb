import { toPlainText } from "#lib/networks/mastodon/to-plain-text";

const MAX_LENGTH = 200;

/** What a server says as one line for people: without HTML and invisible characters, and never long. */
export const toLine = (said: string): string => {
  const text = toPlainText(said.slice(0, 10 * MAX_LENGTH));
  const line = text.replace(/[\s\p{Cc}\p{Cf}\p{Co}\p{Cs}]+/gu, " ").trim();
  return line.length > MAX_LENGTH ? `${line.slice(0, MAX_LENGTH - 1).trimEnd()}…` : line;
};
