import { type Account, accountSchema } from "#lib/accounts/schema";
import { toCapabilities } from "#lib/accounts/to-capabilities";
import { currentTime } from "#lib/clock";
import type { SocialAccount } from "#lib/db/generated/client";
import { toMoment } from "#lib/db/to-moment";

const EXPIRING_MILLISECONDS = 7 * 86_400_000;

/** What may leave of a social account's row. */
export const toAccount = (row: SocialAccount): Account =>
  accountSchema.parse({
    account_id: row.id,
    social_channel_type: row.network,
    display_name: row.displayName,
    username: row.username,
    is_valid: row.revokedAt === null,
    expires_at: row.expiresAt && toMoment(row.expiresAt),
    created_at: toMoment(row.createdAt),
    updated_at: toMoment(row.updatedAt),
    status: toStatus(row),
    capabilities: toCapabilities(row),
  });

function toStatus({ revokedAt, expiresAt }: SocialAccount): Account["status"] {
  if (revokedAt) return "revoked";
  return expiresAt && expiresAt.getTime() - currentTime() < EXPIRING_MILLISECONDS ? "expiring" : "valid";
}
