import { checkKeyring, toCheckValue } from "#lib/credentials/check-keyring";
import type { Keyring } from "#lib/credentials/load-keyring";
import type { Prisma } from "#lib/db/generated/client";

// Any number that nothing else in the database locks by.
const REGISTRATION_LOCK = 4_717_402;

/**
 * Notes that the newest key is about to be used, in the transaction that stores what it encrypts. Throws `KeyringError`
 * when an instance with other keys was there before, so that no instance stores what another cannot read.
 */
export const registerKey = async (
  tx: Prisma.TransactionClient,
  keyring: Keyring,
  listUsedKeyIds: (tx: Prisma.TransactionClient) => Promise<string[]>,
): Promise<void> => {
  const [newest] = keyring;
  const registered = await tx.credentialKey.findUnique({ where: { id: newest.id } });
  if (registered) return checkKeyring(tx, [newest], []);
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${REGISTRATION_LOCK}::bigint)`;
  await tx.credentialKey.createMany({
    data: { id: newest.id, checkValue: toCheckValue(newest) },
    skipDuplicates: true,
  });
  await checkKeyring(tx, keyring, await listUsedKeyIds(tx));
};
