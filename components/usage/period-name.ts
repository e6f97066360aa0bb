import type { Messages } from "#lib/i18n/schema";
import type { Period } from "#lib/usage/schema";

const NAMES = { "24h": "hours24", "7d": "days7", "30d": "days30" } as const;

/** “24 hours”, “7 days”, “30 days”. */
export const periodName = (period: Period, text: Messages["usage"]): string => text[NAMES[period]];
