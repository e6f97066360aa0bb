import { createSecretKey, type KeyObject, randomBytes } from "node:crypto";
import { z } from "zod";
import { type Settings, settings } from "#lib/env";
import { keepSecrets, replaceSecrets } from "#lib/secret-file";
import { areKeys, type KeyText } from "#lib/setting-formats";

/** The keys that were given are not those that stored credentials need. The message is written for the operator. */
export class KeyringError extends Error {
  override name = "KeyringError";
}

// Next compiles its own copy of this module; both must have the same keys.
const shared = globalThis as { boringKeyring?: Keyring };

/** This process's keys, loaded once as `loadKeyring` does. */
export const keyring = (): Keyring => {
  shared.boringKeyring ??= loadKeyring(settings()).keyring;
  return shared.boringKeyring;
};

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
const toKeyring = (keys: KeyText[]): Keyring => {
  const [newest, ...others] = keys.map(({ id, key }) => ({ id, key: createSecretKey(key, "base64") }));
  if (!newest) throw new Error("There is no key to encrypt with.");
  return [newest, ...others];
};

/** The file in the data directory that keeps the keys, newest first, where CREDENTIAL_KEYS does not give them. */
const KEYRING_FILE = {
  name: "credential-keys.json",
  schema: z.object({
    credentialKeys: z.array(z.object({ id: z.string(), key: z.string() })).refine(areKeys),
  }),
  make: () => ({ credentialKeys: [makeKey()] }),
  setting: "CREDENTIAL_KEYS",
  advice: "without one, what it encrypted cannot be read, and every social account has to be connected again.",
};

/** A new key under a name that no other has. */
const makeKey = (): KeyText => ({
  id: randomBytes(6).toString("hex"),
  key: randomBytes(32).toString("base64"),
});

/** Makes a new key the newest one in the data directory's file. No other process may be using the file. */
export const addKey = (dataDir: string): Keyring => {
  const { credentialKeys } = keepSecrets(dataDir, KEYRING_FILE).secrets;
  const secrets = { credentialKeys: [makeKey(), ...credentialKeys] };
  replaceSecrets(dataDir, KEYRING_FILE, secrets);
  return toKeyring(secrets.credentialKeys);
};
