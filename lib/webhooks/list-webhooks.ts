import { database } from "#lib/db/database";
import type { Prisma, WebhookEndpoint } from "#lib/db/generated/client";
import { isUuid, toMoment } from "#lib/db/sql-values";
import { ApiError } from "#lib/errors";
import { say } from "#lib/problems/problem";
import { type Webhook, webhookSchema } from "#lib/webhooks/schema";

/** Lists the organization's webhooks, oldest first. */
export const listWebhooks = async (organizationId: string): Promise<Webhook[]> => {
  const { prisma } = await database();
  const rows = await prisma.webhookEndpoint.findMany({
    where: { organizationId },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return rows.map(toWebhook);
};

/** Returns one of the organization's webhooks. Throws 404. */
export const getWebhook = async (organizationId: string, webhookId: string | undefined): Promise<Webhook> => {
  const { prisma } = await database();
  return toWebhook(await getEndpoint(prisma, organizationId, webhookId));
};

/** Returns one of the organization's endpoints. Throws the same 404 for unknown, deleted and foreign ones. */
export const getEndpoint = async (
  tx: Prisma.TransactionClient,
  organizationId: string,
  webhookId: string | undefined,
): Promise<WebhookEndpoint> => {
  const row = isUuid(webhookId) && (await tx.webhookEndpoint.findFirst({ where: { id: webhookId, organizationId } }));
  if (!row) throw webhookNotFound();
  return row;
};

/** Converts an endpoint's row to its public shape. */
export const toWebhook = ({ id, url, events, createdAt, disabledAt }: WebhookEndpoint): Webhook =>
  webhookSchema.parse({
    id,
    url,
    events,
    is_active: disabledAt === null,
    created_at: toMoment(createdAt),
    disabled_at: disabledAt && toMoment(disabledAt),
  });

/** Throws 409 when the endpoint is disabled. */
export const requireEnabled = ({ disabledAt }: WebhookEndpoint): void => {
  if (disabledAt) throw new ApiError("InvalidState", say("webhook_disabled"));
};

/** The 404 for every webhook that does not exist or is another organization's. */
export const webhookNotFound = (): ApiError => new ApiError("NotFound", say("webhook_not_found"));
