import { currentTime } from "#lib/clock";
import type { ApiKey, KeyBadge } from "#lib/keys/schema";

const DAY_MILLISECONDS = 86_400_000;
const UNUSED_DAYS = 90;
const OLD_DAYS = 182;
// A key that was generated today is not neglected yet.
const SETTLED_DAYS = 1;

/** What a key's owner should have a look at; nothing about a key that is not active. */
export const toBadges = ({ status, created_at, last_used_at }: ApiKey, now = currentTime()): KeyBadge[] => {
  if (status !== "active") return [];
  const age = (moment: string) => (now - Date.parse(moment)) / DAY_MILLISECONDS;
  const badges: KeyBadge[] = [];
  if (last_used_at && age(last_used_at) >= UNUSED_DAYS) badges.push("unused");
  if (!last_used_at && age(created_at) >= SETTLED_DAYS) badges.push("never_used");
  if (age(created_at) >= OLD_DAYS) badges.push("old");
  return badges;
};
