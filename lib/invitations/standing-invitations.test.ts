import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeDatabase, type Database, useMemoryDatabase } from "#lib/db/database";
import { renewInvitation } from "#lib/invitations/invite";
import { listReceivedInvitations } from "#lib/invitations/list-invitations";
import { accept, decline, read, send } from "#lib/invitations/testing/invited";
import { changeRole } from "#lib/organizations/change-role";
import { deleteOrganization } from "#lib/organizations/delete-organization";
import { removeMember } from "#lib/organizations/remove-member";
import { actIn, createPerson, createTeam, roleOf, type Team } from "#lib/organizations/testing/team";
import { deleteUser } from "#lib/users/delete-user";

let db: Database;
beforeAll(async () => {
  db = await useMemoryDatabase();
});
afterAll(closeDatabase);

const as = (team: Team, role: "owner" | "admin" | "member") => actIn(team[role], team.organizationId);

describe("an open invitation stands on somebody who could make it now", () => {
  const ENDINGS: [string, (team: Team) => Promise<unknown>, string[]][] = [
    ["removed", (team) => removeMember(as(team, "owner"), team.admin.id, undefined), ["member"]],
    ["gone by themselves", (team) => removeMember(as(team, "admin"), team.admin.id, undefined), ["member"]],
    ["demoted to member", (team) => changeRole(as(team, "owner"), team.admin.id, "member"), ["member"]],
    ["without an account", (team) => deleteUser(team.admin.actor, team.admin.email), ["member"]],
  ];
  test.each(ENDINGS)("those of a sender who is %s cannot be accepted from that moment", async (_, end) => {
    const team = await createTeam();
    const [sent, others] = [
      await send(team.organizationId, team.admin, { email: "one@sent.example" }),
      await send(team.organizationId, team.owner, { email: "two@sent.example" }),
    ];
    await end(team);
    expect(await read(sent)).toMatchObject({ outcome: "revoked" });
    await expect(accept(await createPerson("one@sent.example"), sent)).rejects.toMatchObject({ code: "NotFound" });
    await accept(await createPerson("two@sent.example"), others);
  });

  test("an owner who becomes an admin keeps those that an admin could send", async () => {
    const team = await createTeam();
    await changeRole(as(team, "owner"), team.admin.id, "owner");
    const roles = ["member", "admin", "owner"] as const;
    const ids = await Promise.all(
      roles.map((role) => send(team.organizationId, team.admin, { email: `${role}@kept.example`, role })),
    );
    await changeRole(as(team, "owner"), team.admin.id, "admin");
    const outcomes = await Promise.all(ids.map(async (id) => (await read(id)).outcome));
    expect(outcomes).toEqual([null, "revoked", "revoked"]);
  });

  test("what somebody else has renewed stays when its first sender goes", async () => {
    const team = await createTeam();
    const id = await send(team.organizationId, team.admin, { email: "renewed@example.com" });
    await renewInvitation(as(team, "owner"), id);
    await removeMember(as(team, "owner"), team.admin.id, undefined);
    await accept(await createPerson("renewed@example.com"), id);
  });

  test("an organization that was deleted meanwhile has none", async () => {
    const team = await createTeam();
    const id = await send(team.organizationId, team.admin, { email: "late@example.com" });
    await deleteOrganization(as(team, "owner"), "Team");
    const person = await createPerson("late@example.com");
    expect(await listReceivedInvitations(person.email)).toEqual([]);
    await expect(accept(person, id)).rejects.toMatchObject({ code: "NotFound" });
    await expect(decline(person, id)).rejects.toMatchObject({ code: "NotFound" });
    expect(await db.prisma.membership.count({ where: { userId: person.id } })).toBe(0);
  });
});

test("an accepted link never brings a removed person back, nor does one that was open besides", async () => {
  const team = await createTeam();
  const person = await createPerson("back@example.com");
  const id = await send(team.organizationId, team.owner, { email: person.email });
  await accept(person, id);
  await accept(person, id);
  const open = await db.prisma.invitation.create({
    data: {
      ...{ organizationId: team.organizationId, email: person.email, addressKey: person.email, role: "owner" },
      ...{ invitedById: team.owner.id, expiresAt: new Date(Date.now() + 60_000) },
    },
  });
  await removeMember(as(team, "owner"), person.id, undefined);
  for (const link of [id, open.id]) await expect(accept(person, link)).rejects.toMatchObject({ code: "NotFound" });
  expect(await roleOf(team.organizationId, person)).toBeUndefined();
});
