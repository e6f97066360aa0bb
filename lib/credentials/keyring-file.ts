import { randomBytes } from "node:crypto";
import { z } from "zod";
import { areKeys, type KeyText } from "#lib/setting-formats";

/** The file in the data directory that keeps the keys, newest first, where CREDENTIAL_KEYS does not give them. */
export const KEYRING_FILE = {
  name: "credential-keys.json",
  schema: z.object({
    credentialKeys: z.array(z.object({ id: z.string(), key: z.string() })).refine(areKeys),
  }),
  make: () => ({ credentialKeys: [makeKey()] }),
  setting: "CREDENTIAL_KEYS",
  advice: "without one, what it encrypted cannot be read, and every social account has to be connected again.",
};

/** A new key under a name that no other has. */
export const makeKey = (): KeyText => ({
  id: randomBytes(6).toString("hex"),
  key: randomBytes(32).toString("base64"),
});
