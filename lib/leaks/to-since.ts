import { z } from "zod";
import type { KeyLeak } from "#lib/leaks/schema";

const DAYS_BEFORE_REPORT = 30;

// Years that no database knows are left out.
const daySchema = z.iso.date().refine((day) => day >= "1970");

/** The day that was asked for; else a month before the report, or the key's first day when that was later. */
export const toSince = (asked: string | undefined, createdAt: string, leak: Pick<KeyLeak, "reported_at">): string => {
  const day = daySchema.safeParse(asked);
  if (day.success) return day.data;
  const before = new Date(Date.parse(leak.reported_at) - DAYS_BEFORE_REPORT * 86_400_000).toISOString();
  return (before > createdAt ? before : createdAt).slice(0, 10);
};
