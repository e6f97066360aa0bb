import { z } from "zod";
import { type Account, accountSchema } from "#lib/accounts/schema";
import { currentTime } from "#lib/clock";
import type { SocialAccount } from "#lib/db/generated/client";
import { toMoment } from "#lib/db/sql-values";
import { getConnector } from "#lib/networks/registry";
import { type Capabilities, capabilitiesSchema } from "#lib/networks/schema";

const EXPIRING_MILLISECONDS = 7 * 86_400_000;

/** Converts a social account's row to its public shape. */
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

const storedSchema = z.looseObject({}).nullable();

/** What an account accepts: what its server last reported, or else the defaults of its network. */
export const toCapabilities = ({ network, capabilities: stored }: SocialAccount): Capabilities => {
  const { capabilities, serversDiffer } = getConnector(network);
  return capabilitiesSchema.parse({ ...capabilities, ...(serversDiffer && storedSchema.parse(stored)) });
};
