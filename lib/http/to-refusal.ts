import { ApiError } from "#lib/errors";
import { KeyRefusedError } from "#lib/keys/key-refused-error";
import { REFUSALS, type Refusal } from "#lib/usage/schema";

/** Why a real key was not let in, as its owner is shown it. Undefined for any other error. */
export const toRefusal = (error: unknown): Refusal | undefined => {
  if (error instanceof KeyRefusedError) return REFUSALS.find((reason) => reason === error.reason);
  if (!(error instanceof ApiError)) return undefined;
  if (error.code === "Forbidden") return "address";
  return error.code === "InsufficientPermissions" ? "scope" : undefined;
};
