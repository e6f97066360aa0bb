import { type Account, accountSchema } from "#lib/accounts/schema";
import type { SocialAccount } from "#lib/db/generated/client";
import { toMoment } from "#lib/db/to-moment";
import { sandbox } from "#lib/networks/sandbox";

/** What may leave of a social account's row. The sandbox needs no credential, so that nothing of it ends. */
export const toAccount = (row: SocialAccount): Account =>
  accountSchema.parse({
    account_id: row.id,
    social_channel_type: row.network,
    display_name: row.displayName,
    username: row.username,
    is_valid: true,
    expires_at: null,
    created_at: toMoment(row.createdAt),
    updated_at: toMoment(row.updatedAt),
    status: "valid",
    capabilities: sandbox.capabilities,
  });
