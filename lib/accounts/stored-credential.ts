import { z } from "zod";
import { decryptCredential } from "#lib/credentials/decrypt-credential";
import { encryptCredential } from "#lib/credentials/encrypt-credential";
import { keyring } from "#lib/credentials/keyring";
import { listUsedKeyIds } from "#lib/credentials/list-used-key-ids";
import { registerKey } from "#lib/credentials/register-key";
import type { Prisma } from "#lib/db/generated/client";
import type { Credential } from "#lib/networks/connector";

const credentialSchema = z.record(z.string(), z.string());

/** A credential as the row of this id stores it, in the transaction that does. */
export const writeStoredCredential = async (
  tx: Prisma.TransactionClient,
  rowId: string,
  credential: Credential,
): Promise<string> => {
  await registerKey(tx, keyring(), listUsedKeyIds);
  return encryptCredential(keyring(), toPlace(rowId), JSON.stringify(credential));
};

/** What `writeStoredCredential` made for that row. Throws `CredentialError` when it is anything else. */
export const readStoredCredential = (rowId: string, stored: string): Credential =>
  credentialSchema.parse(JSON.parse(decryptCredential(keyring(), toPlace(rowId), stored)));

function toPlace(rowId: string) {
  return { rowId, field: "credential" };
}
