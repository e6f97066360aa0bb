import { createHash } from "node:crypto";

/** What is stored of a session token: its SHA-256. The token has 256 random bits, so no slower hash is needed. */
export const hashSessionToken = (token: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash("sha256").update(token).digest());
