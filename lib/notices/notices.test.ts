import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { closeDatabase, type Database, useMemoryDatabase } from "#lib/db/database";
import { acceptInvitation } from "#lib/invitations/answer-invitation";
import { invite } from "#lib/invitations/invite";
import { rotateKey } from "#lib/keys/rotate-key";
import { reportLeakedKeys, reportOwnKey } from "#lib/leaks/report-leaked-keys";
import { countUnread, listNotices, markRead } from "#lib/notices/list-notices";
import { changeNoticeSettings, getNoticeSettings } from "#lib/notices/notice-settings";
import { notify, pruneNotices } from "#lib/notices/notify";
import { changeNoticesSchema, NOTICE_KINDS } from "#lib/notices/schema";
import { announcedIn, listen, toldTo } from "#lib/notices/testing/notices";
import { deleteOrganization } from "#lib/organizations/delete-organization";
import { removeMember } from "#lib/organizations/remove-member";
import { actIn, createPerson, createTeam, generate, join, type Team } from "#lib/organizations/testing/team";
import { deleteUser } from "#lib/users/delete-user";
import { WEBHOOK_EVENTS } from "#lib/webhooks/schema";

let db: Database;
let team: Team;
beforeAll(async () => {
  db = await useMemoryDatabase();
});
afterAll(closeDatabase);
beforeEach(async () => {
  team = await createTeam();
});

const REPORT = { kind: "report", organizationId: null, address: "192.0.2.7", userAgent: null } as const;
const all = async ({ owner, admin, member }: Team) => [await toldTo(owner), await toldTo(admin), await toldTo(member)];

test("a generated key is told to admins and owners but not to whoever generated it, and a rotated one likewise", async () => {
  const { id } = await generate(team.organizationId, team.member);
  const told = ["key.generated Production"];
  expect(await all(team)).toEqual([told, told, []]);
  await rotateKey(actIn(team.admin, team.organizationId), { keyId: id, overlapSeconds: 0, idempotencyKey: undefined });
  expect(await all(team)).toEqual([[...told, ...told], told, []]);
});

test("a leaked key is told to all whom it concerns, also to whoever reported it, once", async () => {
  const { id, secret } = await generate(team.organizationId, team.member);
  await reportOwnKey(actIn(team.admin, team.organizationId), id);
  await reportLeakedKeys([{ text: secret }], REPORT);
  for (const person of [team.owner, team.admin, team.member]) {
    expect((await toldTo(person)).filter((told) => told.startsWith("key.leaked"))).toEqual(["key.leaked Production"]);
  }
  const other = await generate(team.organizationId, team.owner);
  await reportLeakedKeys([{ text: `${other.secret} ${other.secret}` }], REPORT);
  expect(await toldTo(team.member)).toEqual(["key.leaked Production"]);
  expect((await toldTo(team.owner)).filter((told) => told.startsWith("key.leaked"))).toHaveLength(2);
});

test("who joins and who goes is told to admins and owners who did not do it", async () => {
  const { organizationId } = team;
  const guest = await createPerson();
  const { invitation } = await invite(actIn(team.owner, organizationId), { email: guest.email, role: "admin" });
  await acceptInvitation({ actor: guest.actor, email: guest.email }, invitation.id);
  const joined = `member.joined ${guest.email}`;
  expect([await all(team), await toldTo(guest)]).toEqual([[[joined], [joined], []], []]);
  await removeMember(actIn(team.admin, organizationId), team.member.id, undefined);
  const removed = `member.removed ${team.member.email}`;
  expect([await all(team), await toldTo(guest)]).toEqual([[[joined, removed], [joined], []], [removed]]);
});

test("a removed member is told nothing of the organization any more, and its end takes all notices along", async () => {
  const { organizationId } = team;
  const guest = await createPerson();
  await join(organizationId, guest, "admin");
  await generate(organizationId, team.owner);
  expect(await toldTo(guest)).toHaveLength(1);
  await removeMember(actIn(team.owner, organizationId), guest.id, undefined);
  await generate(organizationId, team.owner);
  expect([await toldTo(guest), await countUnread(guest.id)]).toEqual([[], 0]);
  expect(await db.prisma.notice.count({ where: { userId: guest.id } })).toBe(0);
  // One that was written at the same time as the removal is not shown either.
  const subjectId = guest.id;
  await db.prisma.notice.create({
    data: { userId: guest.id, organizationId, kind: "key.generated", subjectId, step: "", isMailed: false },
  });
  expect([await toldTo(guest), await countUnread(guest.id)]).toEqual([[], 0]);
  await deleteOrganization(actIn(team.owner, organizationId), "Team");
  expect(await db.prisma.notice.count({ where: { organizationId } })).toBe(0);
});

test("a deleted account takes its notices along, and others read no name of it", async () => {
  const { organizationId } = team;
  const guest = await createPerson();
  const { invitation } = await invite(actIn(team.owner, organizationId), { email: guest.email, role: "member" });
  await acceptInvitation({ actor: guest.actor, email: guest.email }, invitation.id);
  await deleteUser(team.admin.actor, team.admin.email);
  await deleteUser(guest.actor, guest.email);
  expect(await db.prisma.notice.count({ where: { userId: { in: [guest.id, team.admin.id] } } })).toBe(0);
  expect((await toldTo(team.owner)).toSorted()).toEqual([
    "member.joined null",
    "member.removed null",
    "member.removed null",
  ]);
});

test("nobody is told the same twice, and whoever switched a kind off is not told at all", async () => {
  const { organizationId } = team;
  const subjectId = team.owner.id;
  const tell = (step: string) =>
    db.prisma.$transaction((tx) => notify(tx, { kind: "account.revoked", organizationId, subjectId, step }));
  await Promise.all([tell("one"), tell("one")]);
  await changeNoticeSettings(team.admin.id, { places: { "account.revoked": "off" } });
  await tell("two");
  expect((await all(team)).map((told) => told.length)).toEqual([2, 1, 0]);
});

test("that a key leaked cannot be switched off, and no unknown kind or place is taken", async () => {
  const check = (places: unknown) => changeNoticesSchema.safeParse({ places });
  expect(check({ "key.leaked": "off" }).error?.issues[0]?.path).toEqual(["places", "key.leaked"]);
  expect(check({ "key.leaked": "console" }).success).toBe(false);
  expect(check({ "key.leaked": "mail", "key.unused": "off" }).success).toBe(true);
  for (const places of [{}, { "key.eaten": "off" }, { "key.unused": "fax" }, null]) {
    expect(check(places).success).toBe(false);
  }
  // Not even by writing past the check.
  await db.prisma.user.update({ where: { id: team.owner.id }, data: { noticeChoices: { "key.leaked": "off" } } });
  const { id } = await generate(team.organizationId, team.admin);
  await reportOwnKey(actIn(team.admin, team.organizationId), id);
  expect(await toldTo(team.owner)).toContain("key.leaked Production");
});

test("choices are kept one by one", async () => {
  await changeNoticeSettings(team.owner.id, { places: { "key.unused": "off" } });
  await changeNoticeSettings(team.owner.id, { places: { "post.failed": "console" } });
  const { places, sends_mail } = await getNoticeSettings(team.owner.id);
  expect(sends_mail).toBe(false);
  expect(places).toEqual({
    ...Object.fromEntries(NOTICE_KINDS.map((kind) => [kind, "mail"])),
    ...{ "key.unused": "off", "post.failed": "console" },
  });
});

test("notices are read one by one or all at once, and nobody reads another's", async () => {
  for (let count = 0; count < 3; count++) await generate(team.organizationId, team.member);
  const { notices, count } = await listNotices(team.owner.id, { skip: 1, take: 1 });
  expect([notices.length, count, await countUnread(team.owner.id)]).toEqual([1, 3, 3]);
  expect(await markRead(team.admin.id, [notices[0]?.id ?? ""])).toBe(3);
  expect(await markRead(team.owner.id, [notices[0]?.id ?? ""])).toBe(2);
  expect(await markRead(team.owner.id, undefined)).toBe(0);
  expect(await countUnread(team.admin.id)).toBe(3);
});

test("read notices go after ninety days, unread ones after a year", async () => {
  await generate(team.organizationId, team.member);
  const age = (days: number) => db.prisma.$executeRaw`
    UPDATE notices SET created_at = now() - make_interval(days => ${days}::int),
      read_at = read_at - make_interval(days => ${days}::int) WHERE organization_id = ${team.organizationId}::uuid`;
  await markRead(team.admin.id, undefined);
  await age(89);
  await pruneNotices();
  expect((await all(team)).map((told) => told.length)).toEqual([1, 1, 0]);
  await age(91);
  await pruneNotices();
  expect((await all(team)).map((told) => told.length)).toEqual([1, 0, 0]);
  await age(366);
  await pruneNotices();
  expect((await all(team)).map((told) => told.length)).toEqual([0, 0, 0]);
});

test("webhooks are told of keys and members, each once and without names or secrets", async () => {
  const { organizationId } = team;
  await listen(organizationId, WEBHOOK_EVENTS);
  const { id, secret } = await generate(organizationId, team.owner);
  await reportLeakedKeys([{ text: secret }], REPORT);
  await reportLeakedKeys([{ text: secret }], REPORT);
  await removeMember(actIn(team.owner, organizationId), team.member.id, undefined);
  const events = await announcedIn(organizationId);
  expect(events.map(({ type }) => type)).toEqual(["key.generated", "key.leaked", "member.removed"]);
  expect(events[0]?.data).toMatchObject({ organization_id: organizationId, id, name: "Production" });
  expect(events[2]?.data).toEqual({ organization_id: organizationId, user_id: team.member.id, role: "member" });
  const text = JSON.stringify(events);
  for (const hidden of [secret, team.owner.email, team.member.email]) expect(text).not.toContain(hidden);
});
