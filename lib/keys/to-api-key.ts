import { currentMoment } from "#lib/clock";
import type { ApiKey as ApiKeyRow, KeyLastUse, KeyLeak } from "#lib/db/generated/client";
import { toMoment } from "#lib/db/to-moment";
import { type ApiKey, apiKeySchema, type KeyStatus } from "#lib/keys/schema";

/** What a key's row is read with, so that it can be shown. */
export const KEY_INCLUDE = { lastUse: true, leak: true, replacedBy: { select: { id: true } } } as const;

type Row = ApiKeyRow & { lastUse: KeyLastUse | null; leak: KeyLeak | null; replacedBy: { id: string } | null };

/** What may leave of a key's row, as it stands now. The hash has no member to leave by. */
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
  });
};

/** How a key stands at a moment. What its owner did to it says more than what time did. */
export const toStatus = ({ disabledAt, expiresAt }: ApiKeyRow, now = currentMoment()): KeyStatus => {
  if (disabledAt) return "disabled";
  return expiresAt && expiresAt <= now ? "expired" : "active";
};
