import type { IncomingHttpHeaders } from "node:http";

/** When an answer says that it may be asked again: its `Retry-After` in seconds or as a date, or undefined. */
export const readRetryAfter = (headers: IncomingHttpHeaders, now = new Date()): Date | undefined => {
  const told = headers["retry-after"] ?? "";
  if (/^\d{1,9}$/.test(told)) return new Date(now.getTime() + Number(told) * 1000);
  const date = new Date(/GMT$/.test(told) ? told : Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
};
