import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { saveAuthorization } from "#lib/accounts/save-connection";
import { closeDatabase, type Database, useMemoryDatabase } from "#lib/db/database";
import { createSecret, hashSecret, previewSecret } from "#lib/keys/create-secret";
import { generateKey } from "#lib/keys/generate-key";
import { getKey } from "#lib/keys/list-keys";
import { rotateKey } from "#lib/keys/rotate-key";
import { updateKey } from "#lib/keys/update-key";
import { verifySecret } from "#lib/keys/verify-secret";
import { changeRole } from "#lib/organizations/change-role";
import { removeMember } from "#lib/organizations/remove-member";
import { ROLES } from "#lib/organizations/schema";
import { actIn, createPerson, createTeam, generate, join, roleOf, type Team } from "#lib/organizations/testing/team";
import { useTestKey } from "#lib/testing/process-state";

let db: Database;
beforeAll(async () => {
  useTestKey();
  db = await useMemoryDatabase();
});
afterAll(closeDatabase);

const as = (team: Team, role: "owner" | "admin" | "member") => actIn(team[role], team.organizationId);
const reasonOf = (secret: string) =>
  verifySecret(secret).then(
    () => "accepted",
    (error) => error.reason,
  );

describe("nobody touches or gives a rank that is not below theirs, except owners", () => {
  const others = ROLES.flatMap((own) => ROLES.map((other) => [own, other] as const));
  const mayRemove = (own: string, other: string) => own === "owner" || (own === "admin" && other === "member");

  test.each(others)("whether a(n) %s may remove another %s", async (own, other) => {
    const team = await createTeam();
    const target = await createPerson();
    await join(team.organizationId, target, other);
    const removal = removeMember(as(team, own), target.id, undefined);
    if (mayRemove(own, other)) await removal;
    else await expect(removal).rejects.toMatchObject({ code: "Forbidden" });
    expect(await roleOf(team.organizationId, target)).toBe(mayRemove(own, other) ? undefined : other);
  });

  test.each(others)("whether a(n) %s may make somebody a(n) %s", async (own, role) => {
    const team = await createTeam();
    for (const from of ROLES) {
      const target = await createPerson();
      await join(team.organizationId, target, from);
      const change = changeRole(as(team, own), target.id, role);
      if (own === "owner") await change;
      else await expect(change).rejects.toMatchObject({ code: "Forbidden" });
      expect(await roleOf(team.organizationId, target)).toBe(own === "owner" ? role : from);
    }
  });

  test("nobody promotes themselves, whatever the spelling of their id", async () => {
    const team = await createTeam();
    for (const role of ["member", "admin"] as const) {
      for (const id of [team[role].id, team[role].id.toUpperCase()]) {
        await expect(changeRole(as(team, role), id, "owner")).rejects.toMatchObject({ code: "Forbidden" });
      }
      expect(await roleOf(team.organizationId, team[role])).toBe(role);
    }
  });
});

describe("the last owner", () => {
  test.each([
    ["cannot leave", (team: Team) => removeMember(as(team, "owner"), team.owner.id, "disable")],
    [
      "cannot leave in upper case",
      (team: Team) => removeMember(as(team, "owner"), team.owner.id.toUpperCase(), "disable"),
    ],
    ["cannot be demoted", (team: Team) => changeRole(as(team, "owner"), team.owner.id, "admin")],
  ])("%s", async (_, act) => {
    const team = await createTeam();
    await expect(act(team)).rejects.toMatchObject({ code: "InvalidState" });
    expect(await roleOf(team.organizationId, team.owner)).toBe("owner");
    await changeRole(as(team, "owner"), team.admin.id, "owner");
    await act(team);
    expect(await roleOf(team.organizationId, team.owner)).not.toBe("owner");
  });
});

describe("the keys of whoever is removed", () => {
  test("without a choice: refused, with exactly those that work", async () => {
    const team = await createTeam();
    const { organizationId, member } = team;
    const [live, disabled, expired] = [
      await generate(organizationId, member),
      await generate(organizationId, member),
      await generate(organizationId, member),
    ];
    await generate(organizationId, team.admin);
    await updateKey(as(team, "member"), disabled.id, { is_active: false });
    await db.prisma.apiKey.update({ where: { id: expired.id }, data: { expiresAt: new Date(Date.now() - 1000) } });
    const refusal = await removeMember(as(team, "owner"), member.id, undefined).catch((error) => error);
    expect(refusal).toMatchObject({ code: "InvalidState", members: { keys: [{ id: live.id }] } });
    expect(Object.keys(refusal.members.keys[0]).sort()).toEqual(["id", "key_preview", "name"]);
    expect(await roleOf(organizationId, member)).toBe("member");
    expect(await reasonOf(live.secret)).toBe("accepted");
  });

  test("without any that works there is nothing to choose", async () => {
    const team = await createTeam();
    const { id } = await generate(team.organizationId, team.member);
    await updateKey(as(team, "member"), id, { is_active: false });
    expect(await removeMember(as(team, "owner"), team.member.id, undefined)).toEqual([]);
  });

  test("disabled: refused at once, those of others not", async () => {
    const team = await createTeam();
    const [own, others] = [
      await generate(team.organizationId, team.member),
      await generate(team.organizationId, team.admin),
    ];
    expect(await removeMember(as(team, "admin"), team.member.id, "disable")).toEqual([own.id]);
    expect(await reasonOf(own.secret)).toBe("disabled");
    expect(await reasonOf(others.secret)).toBe("accepted");
  });

  test("kept: the same secret still opens, and is marked until it is rotated", async () => {
    const team = await createTeam();
    const { id, secret } = await generate(team.organizationId, team.member);
    const before = await verifySecret(secret);
    const isMarked = async (keyId: string) => (await getKey(team.organizationId, keyId)).known_to_former_member;
    expect(await isMarked(id)).toBe(false);
    expect(await removeMember(as(team, "admin"), team.member.id, "keep")).toEqual([]);
    expect(await verifySecret(secret)).toEqual(before);
    expect(await isMarked(id)).toBe(true);
    const rotation = { keyId: id, overlapSeconds: 0, idempotencyKey: undefined };
    const rotated = await rotateKey(as(team, "admin"), rotation);
    expect(await isMarked(rotated.id)).toBe(false);
  });

  test("of somebody who leaves are disabled, and cannot be kept", async () => {
    const team = await createTeam();
    const { secret } = await generate(team.organizationId, team.member);
    for (const id of [team.member.id, team.member.id.toUpperCase()]) {
      const leaving = removeMember(as(team, "member"), id, "keep");
      await expect(leaving).rejects.toMatchObject({ code: "Forbidden" });
    }
    expect(await reasonOf(secret)).toBe("accepted");
    await removeMember(as(team, "member"), team.member.id, "disable");
    expect(await reasonOf(secret)).toBe("disabled");
  });

  test("an unknown secret of another organization stays what it is", async () => {
    const [team, other] = [await createTeam(), await createTeam()];
    await join(other.organizationId, team.member, "member");
    const there = await generate(other.organizationId, team.member);
    await removeMember(as(team, "owner"), team.member.id, "disable");
    expect(await reasonOf(there.secret)).toBe("accepted");
    expect(await roleOf(other.organizationId, team.member)).toBe("member");
  });
});

test("nothing of a removed member commits: no key, no connection, no choice of this organization", async () => {
  const team = await createTeam();
  const actor = as(team, "admin");
  const secret = createSecret();
  const mine = { organizationId: team.organizationId, createdById: team.admin.id, name: "Mine" };
  const { id } = await db.prisma.apiKey.create({
    data: { ...mine, hash: hashSecret(secret), preview: previewSecret(secret) },
  });
  const session = await db.prisma.session.create({
    data: {
      userId: team.admin.id,
      organizationId: team.organizationId,
      tokenHash: new Uint8Array(Buffer.from(randomUUID())),
      expiresAt: new Date(Date.now() + 60_000),
    },
  });
  const begin = () =>
    saveAuthorization(
      actor,
      { network: "mastodon", state: randomUUID() },
      { authorizationUrl: "", serverUrl: "https://example.com", credential: {} },
    );
  await begin();
  await removeMember(as(team, "owner"), team.admin.id, "disable");
  expect(await db.prisma.pendingConnection.count({ where: { userId: team.admin.id } })).toBe(0);
  expect(await db.prisma.session.findUnique({ where: { id: session.id } })).toMatchObject({ organizationId: null });
  for (const act of [
    begin,
    () => generateKey(actor, { name: "Late" }, undefined),
    () => updateKey(actor, id, { is_active: true }),
    () => changeRole(actor, team.member.id, "admin"),
    () => removeMember(actor, team.member.id, "disable"),
    () => removeMember(actor, team.admin.id, "disable"),
  ]) {
    await expect(act()).rejects.toMatchObject({ code: "NotFound" });
  }
  expect(await db.prisma.apiKey.count({ where: { organizationId: team.organizationId } })).toBe(1);
});
