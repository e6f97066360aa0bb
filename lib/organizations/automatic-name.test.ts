import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDatabase, type Database, useMemoryDatabase } from "#lib/db/database";
import { renameOrganization } from "#lib/organizations/change-organization";
import { removeMember } from "#lib/organizations/remove-member";
import { requireMembership } from "#lib/organizations/require-membership";
import { actIn, createPerson, join, type Person } from "#lib/organizations/testing/team";
import { useTestKey } from "#lib/testing/process-state";
import { deleteUser } from "#lib/users/delete-user";

let db: Database;
beforeAll(async () => {
  useTestKey();
  db = await useMemoryDatabase();
});
afterAll(closeDatabase);

const createNamed = async (name: string): Promise<Person> => {
  const person = await createPerson();
  await db.prisma.user.update({ where: { id: person.id }, data: { name } });
  return person;
};
const readName = async (id: string) => (await db.prisma.organization.findUniqueOrThrow({ where: { id } })).name;
const remove = ({ actor, email }: Person) => deleteUser(actor, email);

/** An organization that has Ada's name, with two other owners, of whom Ben came first. */
const createShared = async () => {
  const [ada, ben, eve] = [await createNamed("Ada Lovelace"), await createNamed(" Ben "), await createNamed("Eve")];
  const { organizationId } = await requireMembership(ada.id);
  await join(organizationId, ben, "owner");
  await join(organizationId, eve, "owner");
  return { organizationId, ada, ben, eve };
};

test("an automatic name goes with its person's account, to the owner who has been there longest", async () => {
  const { organizationId, ada, ben, eve } = await createShared();
  expect(await readName(organizationId)).toBe("Ada Lovelace");
  await remove(ada);
  expect(await readName(organizationId)).toBe("Ben");
  await remove(ben);
  expect(await readName(organizationId)).toBe("Eve");
  await remove(eve);
  expect(await readName(organizationId)).toBe("");
});

test("so it does when the person had left the organization before", async () => {
  const { organizationId, ada } = await createShared();
  await removeMember(actIn(ada, organizationId), ada.id, undefined);
  expect(await readName(organizationId)).toBe("Ada Lovelace");
  await remove(ada);
  expect(await readName(organizationId)).toBe("Ben");
});

test("a name that somebody chose stays, whosever account is deleted", async () => {
  const { organizationId, ada, ben } = await createShared();
  await renameOrganization(actIn(ben, organizationId), "Ada's Engines");
  await remove(ada);
  expect(await readName(organizationId)).toBe("Ada's Engines");
});

test("a name that is chosen while the account is deleted is the one that stays", async () => {
  for (let round = 0; round < 10; round++) {
    const { organizationId, ada, ben } = await createShared();
    await removeMember(actIn(ada, organizationId), ada.id, undefined);
    await Promise.all([remove(ada), renameOrganization(actIn(ben, organizationId), "Engines")]);
    expect(await readName(organizationId)).toBe("Engines");
  }
});
