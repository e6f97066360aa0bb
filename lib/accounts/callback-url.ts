import { settings } from "#lib/env";

/** Where networks send the user back to. Registered with them, so it is the same at every step. */
export const callbackUrl = (): string => `${settings().publicUrl}/accounts/callback`;
