import { z } from "zod";
import { type Account, accountSchema } from "#lib/accounts/schema";
import { currentTime } from "#lib/clock";
import type { SocialAccount } from "#lib/db/generated/client";
import { toMoment } from "#lib/db/sql-values";
import { getConnector } from "#lib/networks/registry";
import { type Capabilities, capabilitiesSchema } from "#lib/networks/schema";

/** How many days before its end a credential that is not refreshed counts as expiring. */
export const EXPIRING_DAYS = 7;
/** After how many failures a refresh is no longer counted on. */
export const DOUBTFUL_FAILURES = 3;

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

function toStatus({ network, revokedAt, expiresAt, refreshFailures }: SocialAccount): Account["status"] {
  if (revokedAt) return "revoked";
  // What is refreshed in time does not come to its end.
  if (getConnector(network).refresh && refreshFailures < DOUBTFUL_FAILURES) return "valid";
  return expiresAt && expiresAt.getTime() - currentTime() < EXPIRING_DAYS * 86_400_000 ? "expiring" : "valid";
}

const storedSchema = z.looseObject({}).nullable();

/** What an account accepts: what its server last reported, or else the defaults of its network. */
export const toCapabilities = ({ network, capabilities: stored }: SocialAccount): Capabilities => {
  const { capabilities, serversDiffer } = getConnector(network);
  return capabilitiesSchema.parse({ ...capabilities, ...(serversDiffer && storedSchema.parse(stored)) });
};
