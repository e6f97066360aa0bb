import { listUsedKeyIds, registerKey } from "#lib/credentials/check-keyring";
import { decryptCredential, encryptCredential } from "#lib/credentials/encrypt-credential";
import { keyring } from "#lib/credentials/keyring";
import type { Prisma } from "#lib/db/generated/client";

/** Encrypts a signing secret for the endpoint with this id. Call it in the transaction that stores the secret. */
export const sealSecret = async (tx: Prisma.TransactionClient, endpointId: string, secret: string): Promise<string> => {
  await registerKey(tx, keyring(), listUsedKeyIds);
  return encryptCredential(keyring(), toPlace(endpointId), secret);
};

/** Decrypts what `sealSecret` made for that endpoint. Throws `CredentialError` for anything else. */
export const openSecret = (endpointId: string, stored: string): string =>
  decryptCredential(keyring(), toPlace(endpointId), stored);

function toPlace(endpointId: string) {
  return { rowId: endpointId, field: "secret" };
}
