import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeDatabase, type Database, useMemoryDatabase } from "#lib/db/database";
import { PrismaClient } from "#lib/db/generated/client";
import { invite, renewInvitation, revokeInvitation } from "#lib/invitations/invite";
import { listReceivedInvitations } from "#lib/invitations/list-invitations";
import { accept, decline, expire, read, send } from "#lib/invitations/testing/invited";
import { removeMember } from "#lib/organizations/remove-member";
import { actIn, createPerson, createTeam, join, roleOf, type Team } from "#lib/organizations/testing/team";
import { useDatabase } from "#lib/testing/process-state";

let db: Database;
let statements: string[] = [];
beforeAll(async () => {
  db = await useMemoryDatabase();
  const log = [{ emit: "event" as const, level: "query" as const }];
  const prisma = new PrismaClient({ adapter: db.connection.adapterFactory, log });
  prisma.$on("query", ({ query }) => statements.push(query));
  useDatabase({ ...db, prisma, urgent: prisma });
});
afterAll(closeDatabase);

const as = (team: Team, role: "owner" | "admin" | "member") => actIn(team[role], team.organizationId);

describe("an invitation is for one mailbox", () => {
  test.each([
    ["Ada1@Example.com", "ada1@example.com"],
    ["ada2@gmail.com", "a.d.a2+x@googlemail.com"],
  ])("%s accepts as %s", async (invited, signedIn) => {
    const team = await createTeam();
    const id = await send(team.organizationId, team.owner, { email: invited });
    const person = await createPerson(signedIn);
    expect(await listReceivedInvitations(signedIn)).toMatchObject([{ id }]);
    await accept(person, id);
    expect(await roleOf(team.organizationId, person)).toBe("member");
  });

  test("a.da@firm.tld is not ada@firm.tld, and is told nothing", async () => {
    const team = await createTeam();
    const id = await send(team.organizationId, team.owner, { email: "ada@firm.tld" });
    const person = await createPerson("a.da@firm.tld");
    expect(await listReceivedInvitations(person.email)).toEqual([]);
    await expect(accept(person, id)).rejects.toMatchObject({ code: "NotFound" });
    await expect(decline(person, id)).rejects.toMatchObject({ code: "NotFound" });
    expect(await read(id)).toMatchObject({ outcome: null, settledAt: null });
  });
});

test("inviting an address with an account and one without gives the same answer and takes the same statements", async () => {
  const { organizationId, owner } = await createTeam();
  const known = await createPerson("known@example.com");
  const record = async (email: string) => {
    statements = [];
    const { invitation, isNew } = await invite(actIn(owner, organizationId), { email, role: "member" });
    const { id: _, url, email: _email, ...shown } = invitation;
    const answer = { ...shown, isNew, url: url.length, created_at: "", expires_at: "" };
    return { answer, statements };
  };
  await record("first@example.com");
  const [unknownAddress, knownAddress] = [await record("nobody@example.com"), await record(known.email)];
  expect(knownAddress).toEqual(unknownAddress);
  expect(knownAddress.statements.length).toBeGreaterThan(5);
});

describe("nothing that is over blocks a new invitation", () => {
  test.each([
    ["expired", 200, async (_: Team, id: string) => expire(id)],
    ["declined", 201, async (_: Team, id: string) => decline(await createPerson("over@example.com"), id)],
    ["revoked", 201, async (team: Team, id: string) => revokeInvitation(as(team, "owner"), id)],
    [
      "accepted, and removed since",
      201,
      async (team: Team, id: string) => {
        const person = await createPerson("over@example.com");
        await accept(person, id);
        await removeMember(as(team, "owner"), person.id, undefined);
      },
    ],
  ])("%s", async (_, status, end) => {
    const team = await createTeam();
    const email = "over@example.com";
    const id = await send(team.organizationId, team.owner, { email });
    await end(team, id);
    const person = await createPerson(email);
    await expect(accept(person, id)).rejects.toMatchObject({ code: "NotFound" });
    const again = await invite(as(team, "admin"), { email, role: "member" });
    expect(again.isNew).toBe(status === 201);
    await accept(person, again.invitation.id);
    expect(await roleOf(team.organizationId, person)).toBe("member");
    expect(await read(again.invitation.id)).toMatchObject({ outcome: "accepted", settledById: person.id });
  });

  test("fifty pending ones are the limit, and neither inviting again nor renewing leads beyond it", async () => {
    const team = await createTeam();
    const { organizationId } = team;
    const expired = await send(organizationId, team.owner, { email: "expired@example.com" });
    await expire(expired);
    await db.prisma.$executeRaw`
      INSERT INTO invitations (id, organization_id, email, address_key, role, invited_by_id, expires_at)
      SELECT gen_random_uuid(), ${organizationId}::uuid, n || '@full.example', n || '@full.example', 'member',
             ${team.owner.id}::uuid, now() + interval '1 day' FROM generate_series(1, 50) n`;
    const beyond = [
      () => send(organizationId, team.owner, { email: "another@example.com" }),
      () => send(organizationId, team.owner, { email: "expired@example.com" }),
      () => renewInvitation(as(team, "owner"), expired),
    ];
    for (const act of beyond) await expect(act()).rejects.toMatchObject({ code: "LimitReached" });
    // What is pending already can be made to last.
    expect((await invite(as(team, "owner"), { email: "1@full.example", role: "member" })).isNew).toBe(false);
  });
});

describe("nobody invites to a rank that is not below theirs, except owners", () => {
  test.each([
    ["member", []],
    ["admin", ["member"]],
    ["owner", ["member", "admin", "owner"]],
  ] as const)("a(n) %s invites as %j", async (own, allowed) => {
    const team = await createTeam();
    for (const role of ["member", "admin", "owner"] as const) {
      const email = `${role}@given.example`;
      const sending = send(team.organizationId, team[own], { email, role });
      if ((allowed as readonly string[]).includes(role)) await sending;
      else await expect(sending).rejects.toMatchObject({ code: "Forbidden" });
    }
    expect(await db.prisma.invitation.count({ where: { organizationId: team.organizationId } })).toBe(allowed.length);
  });

  test("an admin cannot refresh, renew or revoke what only an owner could have sent", async () => {
    const team = await createTeam();
    const id = await send(team.organizationId, team.owner, { email: "high@example.com", role: "admin" });
    const before = await read(id);
    for (const act of [
      () => send(team.organizationId, team.admin, { email: "high@example.com" }),
      () => renewInvitation(as(team, "admin"), id),
      () => revokeInvitation(as(team, "admin"), id.toUpperCase()),
    ]) {
      await expect(act()).rejects.toMatchObject({ code: "Forbidden" });
    }
    expect(await read(id)).toEqual(before);
  });
});

test("accepting changes nothing for somebody who is a member already", async () => {
  const team = await createTeam();
  const person = await createPerson("already@example.com");
  const id = await send(team.organizationId, team.owner, { email: person.email, role: "owner" });
  await join(team.organizationId, person, "member");
  expect(await accept(person, id)).toMatchObject({ role: "member" });
  expect(await roleOf(team.organizationId, person)).toBe("member");
});

test.each(["not-a-uuid", "", "00000000-0000-4000-8000-000000000000", "\u0000"])("%j is no invitation", async (id) => {
  const person = await createPerson();
  await expect(accept(person, id)).rejects.toMatchObject({ code: "NotFound" });
  await expect(decline(person, id)).rejects.toMatchObject({ code: "NotFound" });
});
