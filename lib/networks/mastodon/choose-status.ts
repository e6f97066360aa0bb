import { shortenMentions } from "#lib/networks/count-text";
import type { Status } from "#lib/networks/mastodon/status";
import { toPlainText } from "#lib/networks/mastodon/to-plain-text";

/**
 * Of the statuses, newest first, the oldest that says what was sent: to the letter if there is one, otherwise in the same
 * letters and digits, because some servers read markup in a text or set its quotes.
 */
export const chooseStatus = (statuses: readonly Status[], sent: string): Status | undefined => {
  const [exact, loose] = [toSpaceless(sent), toLetters(sent)];
  const shown = statuses.map((status) => ({ status, text: toPlainText(status.content) }));
  const found =
    shown.findLast(({ text }) => toSpaceless(text) === exact) ??
    shown.findLast(({ text }) => loose !== "" && toLetters(text) === loose);
  return found?.status;
};

function toSpaceless(text: string): string {
  return shortenMentions(text).normalize("NFC").replace(/\s+/gu, "");
}

function toLetters(text: string): string {
  return shortenMentions(text)
    .normalize("NFKC")
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, "");
}
