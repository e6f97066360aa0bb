import { checkKeyring } from "#lib/credentials/check-keyring";
import { keyring } from "#lib/credentials/keyring";
import { listUsedKeyIds } from "#lib/credentials/list-used-key-ids";
import { database } from "#lib/db/database";

/** Throws `KeyringError` unless this process can read everything that is stored encrypted. */
export const checkStoredKeys = async (): Promise<void> => {
  const { prisma } = await database();
  await checkKeyring(prisma, keyring(), await listUsedKeyIds(prisma));
};
