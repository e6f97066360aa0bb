import type { IncomingHttpHeaders } from "node:http";
import { readRetryAfter } from "#lib/outbound/read-retry-after";

const LONGEST_PAUSE_MILLISECONDS = 86_400_000;
// What is smaller cannot be a moment: it is a number of seconds.
const SMALLEST_MOMENT_SECONDS = 1_000_000_000;

/**
 * Until when an answer asks to be left in peace, a day at most. Too many requests say so in `Retry-After` or in the header
 * that tells when the network's limit is reset; a server that is being looked after in `Retry-After`; any other answer may
 * carry the same headers and means nothing by them.
 */
export const readPause = (
  { status, headers }: { status: number; headers: IncomingHttpHeaders },
  resetHeader: string,
): Date | undefined => {
  if (status !== 429 && status !== 503) return undefined;
  const now = new Date();
  const until = readRetryAfter(headers, now) ?? (status === 429 ? readReset(headers, resetHeader, now) : undefined);
  return until && new Date(Math.min(until.getTime(), now.getTime() + LONGEST_PAUSE_MILLISECONDS));
};

// A moment is one of the server's clock, which may be another than ours.
function readReset(headers: IncomingHttpHeaders, resetHeader: string, now: Date): Date | undefined {
  const told = headers[resetHeader]?.toString() ?? "";
  const seconds = /^\d{1,12}(\.\d+)?$/.test(told) ? Number(told) : undefined;
  if (seconds !== undefined && seconds < SMALLEST_MOMENT_SECONDS) return new Date(now.getTime() + seconds * 1000);
  const moment = seconds === undefined ? Date.parse(/^\d{4}-|GMT$/.test(told) ? told : "") : seconds * 1000;
  const theirs = Date.parse(headers.date ?? "");
  const milliseconds = moment - (Number.isNaN(theirs) ? now.getTime() : theirs);
  return Number.isNaN(milliseconds) ? undefined : new Date(now.getTime() + Math.max(0, milliseconds));
}
