import { hash } from "node:crypto";

/** The 32 bytes by which a secret is stored and found. A secret of 178 random bits needs no slow hash. */
export const hashSecret = (secret: string): Uint8Array<ArrayBuffer> => new Uint8Array(hash("sha256", secret, "buffer"));
