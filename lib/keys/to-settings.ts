import type { ApiKey } from "#lib/keys/schema";

const SETTINGS = ["name", "note", "expires_at", "scopes", "allowed_addresses", "rate_limit_per_minute"] as const;

type Changes = Record<string, { from: unknown; to: unknown }>;

/** What its owner chose for a key, as the log tells it. */
export const toSettings = (key: ApiKey): Record<string, unknown> =>
  Object.fromEntries([...SETTINGS, "environment" as const].map((member) => [member, key[member]]));

/** The members that a change gave another value, with both; undefined when it changed nothing. */
export const toChanges = (before: ApiKey, after: ApiKey): Changes | undefined => {
  const changed = SETTINGS.filter((member) => JSON.stringify(before[member]) !== JSON.stringify(after[member]));
  if (changed.length === 0) return undefined;
  return Object.fromEntries(changed.map((member) => [member, { from: before[member], to: after[member] }]));
};
