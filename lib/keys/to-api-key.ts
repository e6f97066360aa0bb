import { currentMoment, currentTime } from "#lib/clock";
import type { ApiKey as ApiKeyRow, Prisma } from "#lib/db/generated/client";
import { toMoment } from "#lib/db/sql-values";
import { settings } from "#lib/env";
import { ApiError } from "#lib/errors";
import { toAddressBlock } from "#lib/keys/is-address-allowed";
import { type ApiKey, apiKeySchema, type KeyBadge, type KeyChanges, type KeyStatus } from "#lib/keys/schema";
import { say } from "#lib/problems/problem";

/** The relations that `toApiKey` needs. */
export const KEY_INCLUDE = {
  lastUse: true,
  leak: true,
  replacedBy: { select: { id: true } },
  createdBy: { select: { id: true, name: true, email: true } },
  organization: { select: { memberships: { select: { userId: true } } } },
} as const satisfies Prisma.ApiKeyInclude;

type Row = Prisma.ApiKeyGetPayload<{ include: typeof KEY_INCLUDE }>;

/** Converts a key's row for output, with its current status. No member can hold the hash. */
export const toApiKey = (row: Row): ApiKey => {
  const status = toStatus(row);
  return apiKeySchema.parse({
    id: row.id,
    name: row.name,
    key_preview: row.preview,
    created_at: toMoment(row.createdAt),
    last_used_at: row.lastUse ? toMoment(row.lastUse.lastUsedAt) : null,
    is_active: status === "active",
    environment: row.environment,
    status,
    note: row.note,
    expires_at: row.expiresAt && toMoment(row.expiresAt),
    scopes: row.scopes,
    allowed_addresses: row.allowedAddresses,
    rate_limit_per_minute: row.rateLimitPerMinute,
    last_used_address: row.lastUse?.address ?? null,
    replaces: row.replacesId,
    replaced_by: row.replacedBy?.id ?? null,
    leaked_at: row.leak && toMoment(row.leak.reportedAt),
    generated_by: row.createdBy,
    known_to_former_member: !row.organization.memberships.some(({ userId }) => userId === row.createdById),
  });
};

/** A key's status at a moment. The owner's action takes precedence over expiry. */
export const toStatus = ({ disabledAt, expiresAt }: ApiKeyRow, now = currentMoment()): KeyStatus => {
  if (disabledAt) return "disabled";
  return expiresAt && expiresAt <= now ? "expired" : "active";
};

const DAY_MILLISECONDS = 86_400_000;
/** After how many days without use a key counts as unused. */
export const UNUSED_DAYS = 90;
const OLD_DAYS = 182;
// A key that was generated today does not count as unused yet.
const SETTLED_DAYS = 1;

/** The badges that call for the owner's attention. Only an active key has any. */
export const toBadges = ({ status, created_at, last_used_at }: ApiKey, now = currentTime()): KeyBadge[] => {
  if (status !== "active") return [];
  const age = (moment: string) => (now - Date.parse(moment)) / DAY_MILLISECONDS;
  const badges: KeyBadge[] = [];
  if (last_used_at && age(last_used_at) >= UNUSED_DAYS) badges.push("unused");
  if (!last_used_at && age(created_at) >= SETTLED_DAYS) badges.push("never_used");
  if (age(created_at) >= OLD_DAYS) badges.push("old");
  return badges;
};

type Columns = {
  name?: string;
  note?: string | null;
  expiresAt?: Date | null;
  scopes?: string[];
  allowedAddresses?: string[];
  rateLimitPerMinute?: number | null;
};

/**
 * Only the columns that a request sets. Throws 400 when a limit is above the installation's own. Moments lose their
 * fraction, because no moment on the wire has one.
 */
export const toKeyColumns = (request: Omit<KeyChanges, "is_active">): Columns => {
  const { name, note, expires_at, scopes, allowed_addresses, rate_limit_per_minute: limit } = request;
  if (limit) checkRateLimit(limit);
  return {
    ...(name !== undefined && { name }),
    ...(note !== undefined && { note: note || null }),
    ...(expires_at !== undefined && { expiresAt: expires_at === null ? null : toWholeSecond(expires_at) }),
    ...(scopes && { scopes }),
    ...(allowed_addresses && { allowedAddresses: toBlocks(allowed_addresses) }),
    ...(limit !== undefined && { rateLimitPerMinute: limit }),
  };
};

function checkRateLimit(limit: number): void {
  const { rateLimitPerMinute: most } = settings();
  if (limit <= most) return;
  const problem = say("key_rate_over_own");
  throw new ApiError("InvalidRequest", problem, {
    at: "rate_limit_per_minute",
    fields: { rate_limit_per_minute: [problem] },
    members: { limit: most },
  });
}

function toWholeSecond(moment: string): Date {
  return new Date(Math.floor(Date.parse(moment) / 1000) * 1000);
}

function toBlocks(addresses: string[]): string[] {
  return [...new Set(addresses.flatMap((address) => toAddressBlock(address) ?? []))];
}

const SETTINGS = ["name", "note", "expires_at", "scopes", "allowed_addresses", "rate_limit_per_minute"] as const;

type Changes = Record<string, { from: unknown; to: unknown }>;

/** The settings that a key's owner chose, for the log. */
export const toSettings = (key: ApiKey): Record<string, unknown> =>
  Object.fromEntries([...SETTINGS, "environment" as const].map((member) => [member, key[member]]));

/** The members that a change gave another value, with the old and the new one. Undefined when nothing changed. */
export const toChanges = (before: ApiKey, after: ApiKey): Changes | undefined => {
  const changed = SETTINGS.filter((member) => JSON.stringify(before[member]) !== JSON.stringify(after[member]));
  if (changed.length === 0) return undefined;
  return Object.fromEntries(changed.map((member) => [member, { from: before[member], to: after[member] }]));
};
