import type { IncomingHttpHeaders } from "node:http";

/**
 * When an answer says that it may be asked again: its `Retry-After` in seconds, or as a date of the server's own clock,
 * or undefined.
 */
export const readRetryAfter = (headers: IncomingHttpHeaders, now = new Date()): Date | undefined => {
  const told = headers["retry-after"] ?? "";
  if (/^\d{1,9}$/.test(told)) return new Date(now.getTime() + Number(told) * 1000);
  const date = /GMT$/.test(told) ? Date.parse(told) : Number.NaN;
  if (Number.isNaN(date)) return undefined;
  const theirs = Date.parse(headers.date ?? "");
  return new Date(Number.isNaN(theirs) ? date : now.getTime() + date - theirs);
};
