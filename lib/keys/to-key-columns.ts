import { settings } from "#lib/env";
import { ApiError } from "#lib/errors";
import type { KeyChanges } from "#lib/keys/schema";
import { toAddressBlock } from "#lib/keys/to-address-block";
import { say } from "#lib/problems/problem";

type Columns = {
  name?: string;
  note?: string | null;
  expiresAt?: Date | null;
  scopes?: string[];
  allowedAddresses?: string[];
  rateLimitPerMinute?: number | null;
};

/**
 * The columns that a request sets, and no others. Throws 400 when a limit is above the installation's own.
 * Times lose their fraction, as every time on the wire has none.
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
