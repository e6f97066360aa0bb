import type { Prisma, WebhookEndpoint } from "#lib/db/generated/client";
import { isUuid } from "#lib/db/is-uuid";
import { takeTurn } from "#lib/db/turns";
import { webhookNotFound } from "#lib/webhooks/webhook-not-found";

const TAKE_TURN = `SELECT ${takeTurn("id")} FROM webhook_endpoints WHERE id = $1::uuid AND user_id = $2::uuid`;

/** One of the user's endpoints as it stands, which nobody else changes until the transaction ends. Throws 404. */
export const lockEndpoint = async (
  tx: Prisma.TransactionClient,
  userId: string,
  webhookId: string | undefined,
): Promise<WebhookEndpoint> => {
  if (!isUuid(webhookId)) throw webhookNotFound();
  await tx.$executeRawUnsafe(TAKE_TURN, webhookId, userId);
  const locked = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM webhook_endpoints WHERE id = ${webhookId}::uuid AND user_id = ${userId}::uuid FOR UPDATE`;
  if (locked.length === 0) throw webhookNotFound();
  return tx.webhookEndpoint.findUniqueOrThrow({ where: { id: webhookId } });
};
