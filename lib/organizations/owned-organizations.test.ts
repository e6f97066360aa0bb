import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDatabase, type Database, useMemoryDatabase } from "#lib/db/database";
import { accept, read, send } from "#lib/invitations/testing/invited";
import { addOrganization } from "#lib/organizations/change-organization";
import { changeRole } from "#lib/organizations/change-role";
import { actIn, createPerson, createTeam, join, roleOf } from "#lib/organizations/testing/team";

let db: Database;
beforeAll(async () => {
  db = await useMemoryDatabase();
});
afterAll(closeDatabase);

test("nobody comes to own more than ten organizations, in whichever way", async () => {
  const [person, { organizationId, owner }] = [await createPerson(), await createTeam()];
  for (let n = 0; n < 10; n++) await addOrganization(person.actor, `Team ${n}`);
  const full = { code: "LimitReached" };
  await expect(addOrganization(person.actor, "One more")).rejects.toMatchObject(full);
  const id = await send(organizationId, owner, { email: person.email, role: "owner" });
  await expect(accept(person, id)).rejects.toMatchObject(full);
  expect(await read(id)).toMatchObject({ outcome: null, settledAt: null });
  await join(organizationId, person, "member");
  await expect(changeRole(actIn(owner, organizationId), person.id, "owner")).rejects.toMatchObject({
    ...full,
    message: "This person owns 10 organizations, which is the limit.",
  });
  expect(await roleOf(organizationId, person)).toBe("member");
  expect(await db.prisma.membership.count({ where: { userId: person.id, role: "owner" } })).toBe(10);
});
