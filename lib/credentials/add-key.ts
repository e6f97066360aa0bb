import { KEYRING_FILE, makeKey } from "#lib/credentials/keyring-file";
import { type Keyring, toKeyring } from "#lib/credentials/load-keyring";
import { keepSecrets, replaceSecrets } from "#lib/secret-file";

/** Makes a new key the newest one in the data directory's file. No other process may be using the file. */
export const addKey = (dataDir: string): Keyring => {
  const { credentialKeys } = keepSecrets(dataDir, KEYRING_FILE).secrets;
  const secrets = { credentialKeys: [makeKey(), ...credentialKeys] };
  replaceSecrets(dataDir, KEYRING_FILE, secrets);
  return toKeyring(secrets.credentialKeys);
};
