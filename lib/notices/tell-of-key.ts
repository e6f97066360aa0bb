import type { Prisma } from "#lib/db/generated/client";
import { KEY_INCLUDE, toApiKey } from "#lib/keys/to-api-key";
import { notify } from "#lib/notices/notify";
import { announce } from "#lib/webhooks/announce";

type KeyEvent = {
  kind: "key.generated" | "key.leaked" | "key.expiring" | "key.unused";
  keyId: string;
  /** Tells apart what may happen to one key several times. */
  step?: string;
  /** Who did it, and so is told nothing new. */
  actorId?: string;
};

/**
 * Tells of a key, in the transaction in which it happens: whoever generated it, the organization's admins and owners, and the
 * subscribed webhooks. Never says the secret.
 */
export const tellOfKey = async (tx: Prisma.TransactionClient, { kind, keyId, ...more }: KeyEvent): Promise<void> => {
  const row = await tx.apiKey.findUniqueOrThrow({ where: { id: keyId }, include: KEY_INCLUDE });
  const { organizationId, createdById } = row;
  await notify(tx, { kind, organizationId, subjectId: keyId, personId: createdById, ...more });
  // The stored event may outlive its maker's account, so it does not name them.
  const { generated_by: _, ...key } = toApiKey(row);
  await announce(tx, organizationId, kind, async () => ({ organization_id: organizationId, ...key }));
};
