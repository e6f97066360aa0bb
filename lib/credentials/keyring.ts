import { createSecretKey, type KeyObject, randomBytes } from "node:crypto";
import { z } from "zod";
import { type Settings, settings } from "#lib/env";
import { keepSecrets, replaceSecrets } from "#lib/secret-file";
import { areKeys, type KeyText } from "#lib/setting-formats";

/** The given keys are not the ones that stored credentials need. The message is for the operator. */
export class KeyringError extends Error {
  override name = "KeyringError";
}

/** The keys in use, once they are loaded. */
export const loaded: { keyring: Keyring | undefined } = { keyring: undefined };

/** This process's keys, loaded once by `loadKeyring`. */
export const keyring = (): Keyring => {
  loaded.keyring ??= loadKeyring(settings()).keyring;
  return loaded.keyring;
};

/** A key. `KeyObject` keeps it out of logs. */
export type CredentialKey = { id: string; key: KeyObject };

/** The keys, newest first. The first one encrypts; all of them decrypt. */
export type Keyring = readonly [CredentialKey, ...CredentialKey[]];

/**
 * Loads the keys for stored credentials: from CREDENTIAL_KEYS, or from the file in the data directory. If neither exists,
 * creates that file with a new key, readable only by its owner. Throws `SecretFileError`.
 */
export const loadKeyring = ({
  credentialKeys,
  dataDir,
}: Pick<Settings, "credentialKeys" | "dataDir">): { keyring: Keyring; madeFile: string | undefined } => {
  if (credentialKeys) return { keyring: toKeyring(credentialKeys), madeFile: undefined };
  const { secrets, madeFile } = keepSecrets(dataDir, KEYRING_FILE);
  return { keyring: toKeyring(secrets.credentialKeys), madeFile };
};

/** Makes a keyring from keys as text. */
const toKeyring = (keys: KeyText[]): Keyring => {
  const [newest, ...others] = keys.map(({ id, key }) => ({ id, key: createSecretKey(key, "base64") }));
  if (!newest) throw new Error("There is no key to encrypt with.");
  return [newest, ...others];
};

/** The key file in the data directory, newest key first, used when CREDENTIAL_KEYS is not set. */
const KEYRING_FILE = {
  name: "credential-keys.json",
  schema: z.object({
    credentialKeys: z.array(z.object({ id: z.string(), key: z.string() })).refine(areKeys),
  }),
  make: () => ({ credentialKeys: [makeKey()] }),
  setting: "CREDENTIAL_KEYS",
  advice: "without one, what it encrypted cannot be read, and every social account has to be connected again.",
};

/** A new key with a unique id. */
const makeKey = (): KeyText => ({
  id: randomBytes(6).toString("hex"),
  key: randomBytes(32).toString("base64"),
});

/** Adds a new key to the data directory's file, as the newest. No other process may be using the file. */
export const addKey = (dataDir: string): Keyring => {
  const { credentialKeys } = keepSecrets(dataDir, KEYRING_FILE).secrets;
  const secrets = { credentialKeys: [makeKey(), ...credentialKeys] };
  replaceSecrets(dataDir, KEYRING_FILE, secrets);
  return toKeyring(secrets.credentialKeys);
};
