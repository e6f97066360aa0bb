import { scrub } from "#lib/log";

const MAX_URL_LENGTH = 2000;

/** Where a key was found, as it may be kept: one line, bounded, and without a key in it; null when nothing is left. */
export const toFoundUrl = (url: string | null | undefined): string | null =>
  scrub(
    (url ?? "")
      .toWellFormed()
      .replaceAll(/\p{Cc}/gu, "")
      .trim(),
  ).slice(0, MAX_URL_LENGTH) || null;
