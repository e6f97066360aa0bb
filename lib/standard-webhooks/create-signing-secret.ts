import { randomBytes } from "node:crypto";

const SECRET_BYTES = 32;

/** A new secret as Standard Webhooks spells it, for one receiver. */
export const createSigningSecret = (): string => `whsec_${randomBytes(SECRET_BYTES).toString("base64")}`;
