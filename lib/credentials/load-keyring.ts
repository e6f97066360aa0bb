import { createSecretKey, type KeyObject, randomBytes } from "node:crypto";
import { z } from "zod";
import type { Settings } from "#lib/env";
import { keepSecrets } from "#lib/secret-file";
import { areKeys, type KeyText } from "#lib/setting-formats";

/** A key, in a shape that a log cannot show. */
export type CredentialKey = { id: string; key: KeyObject };

/** The keys, newest first: the first encrypts, all of them decrypt. */
export type Keyring = readonly [CredentialKey, ...CredentialKey[]];

const FILE = {
  name: "credential-keys.json",
  schema: z.object({
    credentialKeys: z.array(z.object({ id: z.string(), key: z.string() })).refine(areKeys),
  }),
  make: () => ({ credentialKeys: [makeKey()] }),
  setting: "CREDENTIAL_KEYS",
  advice: "without one, what it encrypted cannot be read, and every social account has to be connected again.",
};

/**
 * The keys of stored credentials: CREDENTIAL_KEYS from the environment, else what an earlier start wrote to the data
 * directory, else a new one in a file that only its owner can read. Throws `SecretFileError`.
 */
export const loadKeyring = ({
  credentialKeys,
  dataDir,
}: Pick<Settings, "credentialKeys" | "dataDir">): { keyring: Keyring; madeFile: string | undefined } => {
  if (credentialKeys) return { keyring: toKeyring(credentialKeys), madeFile: undefined };
  const { secrets, madeFile } = keepSecrets(dataDir, FILE);
  return { keyring: toKeyring(secrets.credentialKeys), madeFile };
};

function makeKey(): KeyText {
  return { id: randomBytes(6).toString("hex"), key: randomBytes(32).toString("base64") };
}

function toKeyring(keys: KeyText[]): Keyring {
  const [newest, ...others] = keys.map(({ id, key }) => ({ id, key: createSecretKey(key, "base64") }));
  if (!newest) throw new Error("There is no key to encrypt with.");
  return [newest, ...others];
}
