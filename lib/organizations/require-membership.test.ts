import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Connection } from "#lib/db/connection";
import { PrismaClient } from "#lib/db/generated/client";
import { migrate } from "#lib/db/migrate";
import { listDatabases } from "#lib/db/testing/list-databases";
import { createOrganization, requireMembership, toCurrentMembership } from "#lib/organizations/require-membership";
import { useDatabase } from "#lib/testing/process-state";

const AT_ONCE = 20;

const { databases, stop } = listDatabases();
afterAll(stop);

describe.each(databases)("the organization of somebody who belongs to none, %s", (_name, open) => {
  let connection: Connection;
  let prisma: PrismaClient;

  beforeAll(async () => {
    connection = await open();
    const target = connection.migrationTarget();
    await migrate(target);
    await target.close();
    prisma = new PrismaClient({
      adapter: connection.adapterFactory,
      transactionOptions: { maxWait: 60_000, timeout: 60_000 },
    });
    useDatabase({ prisma, connection });
  }, 120_000);
  afterAll(async () => {
    await prisma.$disconnect();
    await connection.close();
  });

  const createUser = (name: string | null = "Ada", email = "ada@example.com") =>
    prisma.user.create({ data: { issuer: "tests", subject: randomUUID(), email, name } });
  const listOrganizations = (userId: string) =>
    prisma.organization.findMany({
      where: { memberships: { some: { userId } } },
      include: { socialAccounts: true, memberships: true },
    });

  test("first requests at the same time make one, with one sandbox account and its user as owner", async () => {
    const { id: userId } = await createUser();
    const memberships = await Promise.all(Array.from({ length: AT_ONCE }, () => requireMembership(userId)));
    const organizations = await listOrganizations(userId);
    expect(organizations).toMatchObject([
      { name: "Ada", memberships: [{ userId, role: "owner" }], socialAccounts: [{ network: "sandbox" }] },
    ]);
    expect(memberships).toEqual(Array(AT_ONCE).fill({ organizationId: organizations[0]?.id, role: "owner" }));
    expect(organizations[0]?.id).not.toBe(userId);
  });

  test("who belongs to one already gets no other, and a sandbox account that is gone is not made again", async () => {
    const [host, guest] = [await createUser(), await createUser()];
    const { organizationId } = await requireMembership(host.id);
    await prisma.membership.create({ data: { organizationId, userId: guest.id, role: "member" } });
    await prisma.socialAccount.deleteMany({ where: { organizationId } });
    expect(await requireMembership(guest.id)).toEqual({ organizationId, role: "member" });
    expect(await listOrganizations(guest.id)).toMatchObject([{ id: organizationId, socialAccounts: [] }]);
  });

  test("one that was deleted counts as none", async () => {
    const { id: userId } = await createUser();
    const { organizationId: deleted } = await createOrganization(prisma, userId, "Deleted");
    await prisma.organization.update({ where: { id: deleted }, data: { deletedAt: new Date() } });
    const { organizationId } = await requireMembership(userId);
    expect(organizationId).not.toBe(deleted);
  });

  test.each([
    [null, "ada.lovelace@example.com", "ada.lovelace"],
    ["  ", "@example.com", "@example.com"],
    ["👩‍💻".repeat(40), "ada@example.com", [..."👩‍💻".repeat(40)].slice(0, 64).join("")],
  ])("of a person called %j with the address %s it is called %s", async (name, email, expected) => {
    const { id } = await createUser(name, email);
    await requireMembership(id);
    expect(await listOrganizations(id)).toMatchObject([{ name: expected }]);
  });
});

test("a session shows the organization that it chose while its user belongs to it, else the oldest", () => {
  const memberships = [
    { organizationId: "first", role: "member" },
    { organizationId: "second", role: "owner" },
  ];
  expect(toCurrentMembership(memberships, "second")).toEqual({ organizationId: "second", role: "owner" });
  for (const chosen of ["third", null]) {
    expect(toCurrentMembership(memberships, chosen)).toEqual({ organizationId: "first", role: "member" });
  }
  expect(toCurrentMembership([], "first")).toBeNull();
});
