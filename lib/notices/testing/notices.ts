import { database } from "#lib/db/database";
import { listNotices } from "#lib/notices/list-notices";
import type { Person } from "#lib/organizations/testing/team";

/** What the person was told, oldest first: the kind and what it is about. */
export const toldTo = async ({ id }: Pick<Person, "id">): Promise<string[]> => {
  const { notices } = await listNotices(id, { skip: 0, take: 100 });
  return notices.map(({ kind, subject_name }) => `${kind} ${subject_name}`).reverse();
};

type Announced = { type: string; data: Record<string, unknown> };

/** The events that the organization's webhooks are sent, oldest first. */
export const announcedIn = async (organizationId: string): Promise<Announced[]> => {
  const { prisma } = await database();
  const where = { endpoint: { organizationId } };
  const rows = await prisma.webhookDelivery.findMany({ where, orderBy: [{ createdAt: "asc" }, { id: "asc" }] });
  return rows.map(({ payload }) => JSON.parse(payload));
};

/** Subscribes a webhook of the organization to events. */
export const listen = async (organizationId: string, events: readonly string[]): Promise<void> => {
  const { prisma } = await database();
  const url = "https://hooks.example";
  await prisma.webhookEndpoint.create({ data: { organizationId, url, secret: "", events: [...events] } });
};
