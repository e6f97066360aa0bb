import { ApiError } from "#lib/errors";
import { KeyRefusedError } from "#lib/keys/key-refused-error";

/** Why a real key was not let in, in one word, as logs and pages tell it. Undefined for any other error. */
export const toRefusal = (error: unknown): string | undefined => {
  if (error instanceof KeyRefusedError) return error.reason;
  if (!(error instanceof ApiError)) return undefined;
  if (error.code === "Forbidden") return "address";
  return error.code === "InsufficientPermissions" ? "scope" : undefined;
};
