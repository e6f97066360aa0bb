import { createSecretKey, type KeyObject } from "node:crypto";
import { KEYRING_FILE } from "#lib/credentials/keyring-file";
import type { Settings } from "#lib/env";
import { keepSecrets } from "#lib/secret-file";
import type { KeyText } from "#lib/setting-formats";

/** A key, in a shape that a log cannot show. */
export type CredentialKey = { id: string; key: KeyObject };

/** The keys, newest first: the first encrypts, all of them decrypt. */
export type Keyring = readonly [CredentialKey, ...CredentialKey[]];

/**
 * The keys of stored credentials: CREDENTIAL_KEYS from the environment, else what an earlier start wrote to the data
 * directory, else a new one in a file that only its owner can read. Throws `SecretFileError`.
 */
export const loadKeyring = ({
  credentialKeys,
  dataDir,
}: Pick<Settings, "credentialKeys" | "dataDir">): { keyring: Keyring; madeFile: string | undefined } => {
  if (credentialKeys) return { keyring: toKeyring(credentialKeys), madeFile: undefined };
  const { secrets, madeFile } = keepSecrets(dataDir, KEYRING_FILE);
  return { keyring: toKeyring(secrets.credentialKeys), madeFile };
};

/** Keys as they are used. */
export const toKeyring = (keys: KeyText[]): Keyring => {
  const [newest, ...others] = keys.map(({ id, key }) => ({ id, key: createSecretKey(key, "base64") }));
  if (!newest) throw new Error("There is no key to encrypt with.");
  return [newest, ...others];
};
