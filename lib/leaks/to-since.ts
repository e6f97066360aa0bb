import type { KeyLeak } from "#lib/leaks/schema";

const DAYS_BEFORE_REPORT = 30;

/** The day that was asked for; else a month before the report, or the key's first day when that was later. */
export const toSince = (asked: string | undefined, createdAt: string, leak: Pick<KeyLeak, "reported_at">): string => {
  if (asked !== undefined && isDay(asked)) return asked;
  const before = new Date(Date.parse(leak.reported_at) - DAYS_BEFORE_REPORT * 86_400_000).toISOString();
  return (before > createdAt ? before : createdAt).slice(0, 10);
};

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
