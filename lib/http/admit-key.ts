import { settings } from "#lib/env";
import { ApiError } from "#lib/errors";
import { toRateLimitHeaders } from "#lib/http/to-rate-limit-headers";
import { isAddressAllowed } from "#lib/keys/is-address-allowed";
import { EVERY_SCOPE, type Scope } from "#lib/keys/schema";
import type { VerifiedKey } from "#lib/keys/verify-secret";
import { spendRequest } from "#lib/limits/spend-request";
import { say } from "#lib/problems/problem";

/**
 * Lets a verified key through to what the scope stands for, called from the address, and spends one request of its
 * limit. Returns the headers that tell about the limit; throws 403 or 429 otherwise.
 */
export const admitKey = async (
  key: VerifiedKey,
  scope: Scope | undefined,
  address: string,
): Promise<Record<string, string>> => {
  if (!isAddressAllowed(address, key.allowedAddresses)) {
    throw new ApiError("Forbidden", say("key_address_refused", { address }));
  }
  const headers = await spend(key);
  if (scope && !key.scopes.includes(scope) && !key.scopes.includes(EVERY_SCOPE)) {
    throw new ApiError("InsufficientPermissions", say("key_scope_missing", { scope }), { headers });
  }
  return headers;
};

async function spend(key: VerifiedKey): Promise<Record<string, string>> {
  const { rateLimitPerMinute } = settings();
  const spending = spendRequest(key.id, Math.min(key.rateLimitPerMinute ?? rateLimitPerMinute, rateLimitPerMinute));
  const allowance = spending instanceof Promise ? await spending : spending;
  const headers = toRateLimitHeaders(allowance);
  if (allowance.isAllowed) return headers;
  const { limit, retrySeconds } = allowance;
  throw new ApiError("RateLimitExceeded", say("key_requests_limit", { limit }), {
    headers: { ...headers, "Retry-After": String(retrySeconds) },
    members: { retry_after: retrySeconds },
  });
}
