import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { saveAuthorization } from "#lib/accounts/save-connection";
import { toUserActor } from "#lib/auth/read-visitor";
import { createSession, findSession } from "#lib/auth/sessions";
import { closeDatabase, type Database, useMemoryDatabase } from "#lib/db/database";
import { accept, decline, send } from "#lib/invitations/testing/invited";
import { verifySecret } from "#lib/keys/verify-secret";
import { changeRole } from "#lib/organizations/change-role";
import { removeMember } from "#lib/organizations/remove-member";
import { createOrganization, requireMembership } from "#lib/organizations/require-membership";
import { actIn, createPerson, createTeam, generate, join, type Person, roleOf } from "#lib/organizations/testing/team";
import { createPost } from "#lib/posts/create-post";
import { publishPost } from "#lib/publishing/publish-post";
import { useTestKey } from "#lib/testing/process-state";
import { deleteUser } from "#lib/users/delete-user";
import { exportUser } from "#lib/users/export-user";
import { updateUser } from "#lib/users/update-user";

let db: Database;
beforeAll(async () => {
  useTestKey();
  db = await useMemoryDatabase();
});
afterAll(closeDatabase);

/** Where a text stands, letters of either case alike, in any column that can hold text. */
const findInRows = async (text: string): Promise<string[]> => {
  const columns = await db.prisma.$queryRaw<{ table: string; column: string }[]>`
    SELECT table_name AS table, column_name AS column FROM information_schema.columns
    WHERE table_schema = 'public' AND data_type IN ('text', 'character varying', 'jsonb', 'ARRAY', 'bytea')`;
  const found: string[] = [];
  for (const { table, column } of columns) {
    const [row] = await db.prisma.$queryRawUnsafe<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM "${table}"
       WHERE strpos(lower("${column}"::text), lower($1)) > 0 OR strpos("${column}"::text, encode($1::bytea, 'hex')) > 0`,
      text,
    );
    if (row && row.count > 0) found.push(`${table}.${column}`);
  }
  return found;
};

const write = async (organizationId: string, { id, email }: Person, text: string, scheduledAt: Date | null = null) => {
  const user = { id, name: "Zyxwina Unmistakable", email };
  const parts: [{ text: string; mediaUrls: []; altTexts: [] }] = [{ text, mediaUrls: [], altTexts: [] }];
  const draft = { accountId: undefined, network: undefined, parts, scheduledAt };
  const created = await createPost({ organizationId, keyId: null, user }, draft, undefined);
  if (!("post" in created)) throw new Error("It was there before.");
  await publishPost(created.post.id);
  return created.post.id;
};

test("a deleted account leaves no address, name or sub in any row; posts stay, without their author", async () => {
  const [name, email, earlier] = ["Zyxwina Unmistakable", "zyxwina@example.com", "zyxwina@former.example"];
  const person = await createPerson(earlier);
  const { subject } = await db.prisma.user.update({ where: { id: person.id }, data: { name } });
  const [team, elsewhere] = [await createTeam(), await createTeam()];
  // Under the address that they had before.
  await accept(person, await send(team.organizationId, team.owner, { email: "Zyxwina@Former.example", role: "admin" }));
  await decline(person, await send(elsewhere.organizationId, elsewhere.owner, { email: earlier }));
  await db.prisma.user.update({ where: { id: person.id }, data: { email } });
  const now = { ...person, email };
  await send(elsewhere.organizationId, elsewhere.owner, { email: "ZYXWINA@example.com" });
  const own = await requireMembership(person.id);
  expect(own.organizationId).toBe(team.organizationId);
  const alone = await createOrganization(db.prisma, person.id, `${name}'s`);
  const token = randomUUID();
  const visitor = { userAgent: "Browser", ipAddress: "192.0.2.1", previousToken: undefined };
  const expiresAt = new Date(Date.now() + 60_000);
  await createSession({ token, userId: person.id, expiresAt, visitor });
  await updateUser(toUserActor(visitor, person.id, randomUUID()), { locale: "zh-TW", time_zone: "Asia/Taipei" });
  const invited = await send(team.organizationId, now, { email: "somebody@example.com" });
  const begun = { authorizationUrl: "", serverUrl: "https://example.com", credential: {} };
  await saveAuthorization(actIn(now, team.organizationId), { network: "mastodon", state: "state" }, begun);
  const keys = [await generate(team.organizationId, now), await generate(alone.organizationId, now)];
  for (const { organizationId } of [team, alone]) {
    await db.prisma.webhookEndpoint.create({
      data: { organizationId, url: "https://example.com", secret: "sealed", events: ["post.published"] },
    });
  }
  const published = await write(team.organizationId, now, "Hello");
  expect(await db.prisma.webhookDelivery.count()).toBe(1);
  expect(await findInRows("zyxwina")).toContain("users.email");

  await deleteUser(person.actor, ` ${email.toUpperCase()} `);

  for (const text of [email, earlier, name, "zyxwina", subject]) expect(await findInRows(text), text).toEqual([]);
  expect(await db.prisma.post.findUnique({ where: { id: published } })).toMatchObject({ authorId: null });
  for (const { secret } of keys) await expect(verifySecret(secret)).rejects.toThrow();
  expect(await findSession(token)).toBeNull();
  expect(await roleOf(team.organizationId, person)).toBeUndefined();
  expect(await db.prisma.organization.findUnique({ where: { id: alone.organizationId } })).toMatchObject({
    deletedAt: expect.any(Date),
  });
  expect(await db.prisma.invitation.findUnique({ where: { id: invited } })).toMatchObject({
    outcome: "revoked",
    invitedById: null,
  });
  const events = await db.prisma.auditEvent.findMany({ where: { actorId: person.id, action: "user.deleted" } });
  expect(events).toMatchObject([{ ownerId: person.id, address: null, userAgent: null }]);
});

describe("an account", () => {
  test("is not deleted while it is the last owner among others, and its organizations are named", async () => {
    const [one, other] = [await createTeam(), await createTeam()];
    await join(other.organizationId, one.owner, "owner");
    const refusal = await deleteUser(one.owner.actor, one.owner.email).catch((error) => error);
    expect(refusal).toMatchObject({
      code: "InvalidState",
      message: "You are the last owner of Team. Appoint another owner there first, or delete the organization.",
      members: { organizations: [{ id: one.organizationId, name: "Team" }] },
    });
    expect(await roleOf(one.organizationId, one.owner)).toBe("owner");
    expect(await roleOf(other.organizationId, one.owner)).toBe("owner");
    await changeRole(actIn(one.owner, one.organizationId), one.admin.id, "owner");
    await deleteUser(one.owner.actor, one.owner.email);
    expect(await roleOf(one.organizationId, one.admin)).toBe("owner");
  });

  test("stays when another address is typed, with everything in it", async () => {
    const { organizationId, member } = await createTeam();
    const { secret } = await generate(organizationId, member);
    for (const typed of ["", "nobody@example.com", `${member.email}.tw`, "\u0000"]) {
      await expect(deleteUser(member.actor, typed)).rejects.toMatchObject({ code: "InvalidRequest" });
    }
    await expect(verifySecret(secret)).resolves.toBeDefined();
    expect(await roleOf(organizationId, member)).toBe("member");
  });

  test("deleted twice is refused the second time, and nothing more happens", async () => {
    const { member } = await createTeam();
    const answers = await Promise.allSettled([
      deleteUser(member.actor, member.email),
      deleteUser(member.actor, member.email),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(answers.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { code: expect.stringMatching(/^(Unauthorized|InvalidState)$/) },
    });
    expect(await db.prisma.auditEvent.count({ where: { actorId: member.id, action: "user.deleted" } })).toBe(1);
  });

  test("an export shows nothing of an organization that let the person go", async () => {
    const [team, other] = [await createTeam(), await createTeam()];
    await db.prisma.organization.update({ where: { id: team.organizationId }, data: { name: "Renamed" } });
    const person = await createPerson();
    await accept(person, await send(team.organizationId, team.owner, { email: person.email }));
    await join(other.organizationId, person, "member");
    await generate(team.organizationId, person);
    const theirs = await generate(other.organizationId, person);
    await write(team.organizationId, person, "Secret plans", new Date(Date.now() + 86_400_000));
    expect(JSON.stringify(await exportUser(person.id))).toContain("Secret plans");
    await removeMember(actIn(team.owner, team.organizationId), person.id, "keep");
    const exported = await exportUser(person.id);
    expect(JSON.stringify(exported)).not.toMatch(/Secret plans|Renamed/);
    expect(exported).toMatchObject({
      organizations: [{ id: other.organizationId }],
      generated_keys: [{ id: theirs.id }],
      written_posts: [],
      invitations: [{ organization: null, outcome: "accepted" }],
    });
  });
});
