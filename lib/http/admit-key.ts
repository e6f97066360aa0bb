import { ApiError } from "#lib/errors";
import { isAddressAllowed } from "#lib/keys/is-address-allowed";
import { EVERY_SCOPE, type Scope } from "#lib/keys/schema";
import type { VerifiedKey } from "#lib/keys/verify-secret";

/** Lets a verified key through to what the scope stands for, called from the address; throws 403 otherwise. */
export const admitKey = (key: VerifiedKey, scope: Scope | undefined, address: string): void => {
  if (!isAddressAllowed(address, key.allowedAddresses)) {
    throw new ApiError("Forbidden", `This API key may not be used from the address ${address}.`);
  }
  if (scope && !key.scopes.includes(scope) && !key.scopes.includes(EVERY_SCOPE)) {
    throw new ApiError("InsufficientPermissions", `This API key lacks the scope ${scope}.`);
  }
};
