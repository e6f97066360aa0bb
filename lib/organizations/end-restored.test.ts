import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { closeDatabase, type Database, useMemoryDatabase } from "#lib/db/database";
import { accept, read, send } from "#lib/invitations/testing/invited";
import { endRestoredKeys } from "#lib/keys/end-restored-keys";
import { updateKey } from "#lib/keys/update-key";
import { verifySecret } from "#lib/keys/verify-secret";
import { changeRole } from "#lib/organizations/change-role";
import { deleteOrganization } from "#lib/organizations/delete-organization";
import { endRestoredMemberships } from "#lib/organizations/end-restored";
import { removeMember } from "#lib/organizations/remove-member";
import { actIn, createPerson, createTeam, generate, join, roleOf, type Team } from "#lib/organizations/testing/team";
import { useDatabase } from "#lib/testing/process-state";
import { deleteUser } from "#lib/users/delete-user";

let db: Database;
let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), "boring-endings-"));
  db = await useMemoryDatabase();
  useDatabase({ ...db, dataDir });
});
afterAll(async () => {
  await closeDatabase();
  await rm(dataDir, { recursive: true });
});
beforeEach(() => rm(path.join(dataDir, "endings.jsonl"), { force: true }));

const listTables = async (): Promise<string[]> => {
  const rows = await db.prisma.$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`;
  return rows.map(({ name }) => name);
};
const run = async (...statements: string[]) => {
  for (const statement of statements) await db.prisma.$executeRawUnsafe(statement);
};

/** Takes a backup and returns what restores it, and then does what every start does. */
const backUp = async (): Promise<() => Promise<void>> => {
  const tables = await listTables();
  await run("DROP SCHEMA IF EXISTS backup CASCADE", "CREATE SCHEMA backup");
  await run(...tables.map((name) => `CREATE TABLE backup."${name}" AS TABLE public."${name}"`));
  return async () => {
    await run("SET session_replication_role = replica");
    await run(
      ...tables.flatMap((name) => [`DELETE FROM "${name}"`, `INSERT INTO "${name}" SELECT * FROM backup."${name}"`]),
    );
    await run("SET session_replication_role = DEFAULT");
    await endRestoredKeys();
    await endRestoredMemberships();
  };
};

const as = (team: Team, role: "owner" | "admin" | "member") => actIn(team[role], team.organizationId);
const reasonOf = (secret: string) =>
  verifySecret(secret).then(
    () => "accepted",
    (error) => error.reason,
  );

test("a removed member is removed again, with what became of their keys", async () => {
  const team = await createTeam();
  const [disabled, kept] = [
    await generate(team.organizationId, team.member),
    await generate(team.organizationId, team.admin),
  ];
  const restore = await backUp();
  await removeMember(as(team, "owner"), team.member.id.toUpperCase(), "disable");
  await removeMember(as(team, "owner"), team.admin.id, "keep");
  await restore();
  expect(await roleOf(team.organizationId, team.member)).toBeUndefined();
  expect(await roleOf(team.organizationId, team.admin)).toBeUndefined();
  expect(await reasonOf(disabled.secret)).toBe("disabled");
  expect(await reasonOf(kept.secret)).toBe("accepted");
  const where = { ownerId: team.organizationId, action: "member.removed" };
  const [event] = await db.prisma.auditEvent.findMany({ where, orderBy: { seq: "asc" } });
  expect(event).toMatchObject({ actor: "operator", details: expect.stringContaining('"restored":true') });
});

test("who was only invited in the backup, and has been removed since, cannot accept again", async () => {
  const team = await createTeam();
  const person = await createPerson();
  const id = await send(team.organizationId, team.owner, { email: person.email });
  const restore = await backUp();
  await accept(person, id);
  await removeMember(as(team, "owner"), person.id, undefined);
  await restore();
  expect(await read(id)).toMatchObject({ outcome: "revoked" });
  await expect(accept(person, id)).rejects.toMatchObject({ code: "NotFound" });
});

test("who has come back after the removal stays", async () => {
  const team = await createTeam();
  await removeMember(as(team, "owner"), team.member.id, undefined);
  await join(team.organizationId, team.member, "admin");
  const restore = await backUp();
  await restore();
  expect(await roleOf(team.organizationId, team.member)).toBe("admin");
});

test("a key that was enabled again by somebody else stays enabled when the backup knows it", async () => {
  const team = await createTeam();
  const { id, secret } = await generate(team.organizationId, team.member);
  await removeMember(as(team, "owner"), team.member.id, "disable");
  await updateKey(as(team, "admin"), id, { is_active: true });
  const restore = await backUp();
  await restore();
  expect(await reasonOf(secret)).toBe("accepted");
});

test.each([
  ["was removed", (team: Team) => removeMember(as(team, "admin"), team.owner.id, undefined)],
  ["has left", (team: Team) => removeMember(as(team, "owner"), team.owner.id, undefined)],
  ["has deleted their account", (team: Team) => deleteUser(team.owner.actor, team.owner.email)],
])("the only owner that the backup knows is gone again when they %s, and their successor owns it", async (_, end) => {
  const team = await createTeam();
  const restore = await backUp();
  await changeRole(as(team, "owner"), team.admin.id, "owner");
  await end(team);
  await restore();
  expect(await roleOf(team.organizationId, team.owner)).toBeUndefined();
  expect(await roleOf(team.organizationId, team.admin)).toBe("owner");
  expect(await roleOf(team.organizationId, team.member)).toBe("member");
});

test("a deleted organization and a deleted account are gone again, and the organization's keys stay refused", async () => {
  const [team, other] = [await createTeam(), await createTeam()];
  const { secret } = await generate(team.organizationId, team.member);
  const restore = await backUp();
  await deleteOrganization(as(team, "owner"), "Team");
  await deleteUser(other.member.actor, other.member.email);
  await restore();
  expect(await reasonOf(secret)).toBe("deleted");
  expect(await roleOf(team.organizationId, team.owner)).toBeUndefined();
  expect(await db.prisma.organization.findUnique({ where: { id: team.organizationId } })).toMatchObject({
    deletedAt: expect.any(Date),
  });
  expect(await db.prisma.user.findUnique({ where: { id: other.member.id } })).toBeNull();
  expect(await roleOf(other.organizationId, other.member)).toBeUndefined();
});

test("a note of a removal that is not understood ends nothing, least of all the whole organization", async () => {
  const { organizationId, owner, member } = await createTeam();
  const ended = { organization_id: organizationId, user_id: member.id, keys: "rotate" };
  const note = { at: new Date(Date.now() + 60_000).toISOString(), ended };
  await writeFile(path.join(dataDir, "endings.jsonl"), `${JSON.stringify(note)}\n`);
  await endRestoredMemberships();
  expect(await roleOf(organizationId, owner)).toBe("owner");
  expect(await roleOf(organizationId, member)).toBe("member");
});
