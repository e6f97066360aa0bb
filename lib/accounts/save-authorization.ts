import { hashState } from "#lib/accounts/hash-state";
import { writeStoredCredential } from "#lib/accounts/stored-credential";
import { currentMoment, currentTime } from "#lib/clock";
import { database } from "#lib/db/database";
import type { Authorization } from "#lib/networks/connector";

const LIFETIME_MINUTES = 15;

type Begun = { userId: string; network: string; state: string };

/** Keeps what a connection continues with while its user is on the network's own page, for a quarter of an hour. */
export const saveAuthorization = async (
  { userId, network, state }: Begun,
  { serverUrl, credential }: Authorization,
): Promise<void> => {
  const { prisma } = await database();
  const stateHash = hashState(state);
  const expiresAt = new Date(currentTime() + LIFETIME_MINUTES * 60_000);
  await prisma.$transaction(async (tx) => {
    await tx.pendingConnection.deleteMany({ where: { expiresAt: { lt: currentMoment() } } });
    const stored = await writeStoredCredential(tx, stateHash.toString("hex"), credential);
    await tx.pendingConnection.create({
      data: { stateHash: new Uint8Array(stateHash), userId, network, serverUrl, credential: stored, expiresAt },
    });
  });
};
