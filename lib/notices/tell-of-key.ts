import type { Prisma } from "#lib/db/generated/client";
import { KEY_INCLUDE, toApiKey } from "#lib/keys/to-api-key";
import { notify } from "#lib/notices/notify";
import { announce } from "#lib/webhooks/announce";

type KeyEvent = {
  kind: "key.generated" | "key.leaked" | "key.expiring" | "key.unused";
  /** Tells apart what may happen to one key several times. */
  step?: string;
  /** Who did it, and so is told nothing new. */
  actorId?: string;
};

/**
 * Tells of keys, in the transaction in which it happens: whoever generated one, the organization's admins and owners, and the
 * subscribed webhooks. Never says a secret.
 */
export const tellOfKeys = async (tx: Prisma.TransactionClient, ids: string[], event: KeyEvent): Promise<void> => {
  if (ids.length === 0) return;
  const rows = await tx.apiKey.findMany({ where: { id: { in: ids } }, include: KEY_INCLUDE, orderBy: { id: "asc" } });
  const happenings = rows.map(({ id: subjectId, organizationId, createdById: personId }) => ({
    ...{ ...event, organizationId, subjectId, personId },
  }));
  await notify(tx, ...happenings);
  const listening = await listListening(tx, rows, event.kind);
  for (const row of rows) {
    const { organizationId } = row;
    if (!listening.has(organizationId)) continue;
    // The stored event may outlive its maker's account, so it does not name them.
    const { generated_by: _, ...key } = toApiKey(row);
    await announce(tx, organizationId, event.kind, async () => ({ organization_id: organizationId, ...key }));
  }
};

// Most organizations have no webhook for it, and a report of leaks may be about thousands of keys.
async function listListening(
  tx: Prisma.TransactionClient,
  rows: { organizationId: string }[],
  event: string,
): Promise<Set<string>> {
  const organizationId = { in: rows.map((row) => row.organizationId) };
  const where = { organizationId, disabledAt: null, events: { has: event } };
  const found = await tx.webhookEndpoint.findMany({ where, select: { organizationId: true } });
  return new Set(found.map((endpoint) => endpoint.organizationId));
}
