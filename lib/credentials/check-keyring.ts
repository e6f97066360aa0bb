import { decryptCredential } from "#lib/credentials/decrypt-credential";
import { encryptCredential } from "#lib/credentials/encrypt-credential";
import { KeyringError } from "#lib/credentials/keyring-error";
import type { CredentialKey, Keyring } from "#lib/credentials/load-keyring";
import type { Prisma } from "#lib/db/generated/client";

const CHECK_TEXT = "the right key reads this";

/**
 * Throws `KeyringError` unless the keyring has every key that stored credentials were encrypted with, and every key in it
 * that was ever used here is the one that was used.
 */
export const checkKeyring = async (
  tx: Prisma.TransactionClient,
  keyring: Keyring,
  usedKeyIds: readonly string[],
): Promise<void> => {
  const missing = usedKeyIds.find((used) => !keyring.some(({ id }) => id === used));
  if (missing !== undefined) {
    throw new KeyringError(
      `CREDENTIAL_KEYS: the key ${missing} is missing, with which stored credentials were encrypted. Restore credential-keys.json in DATA_DIR from a backup, or give all keys as the other instances have them, for example CREDENTIAL_KEYS=${missing}:<32 bytes in base64>.`,
    );
  }
  const known = await tx.credentialKey.findMany({ where: { id: { in: keyring.map(({ id }) => id) } } });
  for (const { id, checkValue } of known) requireRightKey(keyring, id, checkValue);
};

/** What proves later that a key is still the same. */
export const toCheckValue = (key: CredentialKey): string => encryptCredential([key], toPlace(key.id), CHECK_TEXT);

function requireRightKey(keyring: Keyring, id: string, checkValue: string): void {
  try {
    decryptCredential(keyring, toPlace(id), checkValue);
  } catch (cause) {
    throw new KeyringError(
      `CREDENTIAL_KEYS: the key ${id} is not the one of this name that credentials were encrypted with. Restore credential-keys.json in DATA_DIR from a backup, or give the key as the other instances have it, for example CREDENTIAL_KEYS=${id}:<32 bytes in base64>.`,
      { cause },
    );
  }
}

function toPlace(id: string) {
  return { rowId: id, field: "check_value" };
}
