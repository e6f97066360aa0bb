import { database } from "#lib/db/database";
import type { WebhookDelivery, WebhookEndpoint } from "#lib/db/generated/client";
import { type Claim, claimOne } from "#lib/due/claim";
import type { DueTable } from "#lib/due/due-table";

/** Deliveries as work. */
export const DELIVERIES: DueTable = {
  name: "webhook_deliveries",
  lane: "endpoint_id",
  setting: "",
  doing: "",
  telling: "",
};

/** A delivery that nobody else tries while the claim lasts. */
export type ClaimedDelivery = WebhookDelivery & { endpoint: WebhookEndpoint; claim: Claim };

/** Deliveries as they are once they were claimed, by their ids. */
export const readClaimed = async (claims: Claim[]): Promise<Map<string, ClaimedDelivery>> => {
  const { prisma } = await database();
  const where = { id: { in: claims.map(({ id }) => id) } };
  const rows = await prisma.webhookDelivery.findMany({ where, include: { endpoint: true } });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return new Map(
    claims.flatMap((claim) => {
      const row = byId.get(claim.id);
      return row?.claimId === claim.claimId ? [[claim.id, { ...row, claim }] as const] : [];
    }),
  );
};

/** Claims a delivery that is due, or returns undefined when it is not, or not any more. */
export const claimDelivery = async (deliveryId: string): Promise<ClaimedDelivery | undefined> => {
  const claim = await claimOne(DELIVERIES, deliveryId);
  return claim && (await readClaimed([claim])).get(deliveryId);
};
