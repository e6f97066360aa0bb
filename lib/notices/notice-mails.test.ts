import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { closeDatabase, type Database, useMemoryDatabase } from "#lib/db/database";
import { reportLeakedKeys } from "#lib/leaks/report-leaked-keys";
import { useServer, work } from "#lib/mail/testing/test-mails";
import { startSmtpServer } from "#lib/mail/testing/test-smtp-server";
import { changeNoticeSettings } from "#lib/notices/notice-settings";
import { notify } from "#lib/notices/notify";
import { removeMember } from "#lib/organizations/remove-member";
import { actIn, createTeam, generate, type Team } from "#lib/organizations/testing/team";
import { useSettings } from "#lib/testing/process-state";

let db: Database;
let team: Team;
beforeAll(async () => {
  db = await useMemoryDatabase();
});
afterAll(closeDatabase);
beforeEach(async () => {
  await db.prisma.mail.deleteMany();
  team = await createTeam();
});

const REPORT = { kind: "report", organizationId: null, address: "192.0.2.7", userAgent: null } as const;
const addressees = async () =>
  (await db.prisma.mail.findMany({ orderBy: { id: "asc" } })).map(({ address }) => address).toSorted();

test("a mail says which key of which organization, where to look, where it comes from and how to stop it, never the secret", async () => {
  const server = await startSmtpServer();
  useServer(server.port);
  await db.prisma.user.update({ where: { id: team.admin.id }, data: { locale: "zh-TW" } });
  const { id, secret } = await generate(team.organizationId, team.member);
  expect(await addressees()).toEqual([team.owner.email, team.admin.email].toSorted());
  const mails = await db.prisma.mail.findMany();
  const to = (address: string) => mails.find((mail) => mail.address === address);
  expect(to(team.owner.email)?.subject).toMatch(/^The key Production \(boring_\w{3}\.\.\.\) was generated$/);
  const text = to(team.owner.email)?.text ?? "";
  for (const part of [
    "Organization: Team",
    `http://localhost:3000/settings/keys/${id}`,
    "comes from Boring Console at http://localhost:3000",
    "http://localhost:3000/notices#settings",
  ]) {
    expect(text).toContain(part);
  }
  expect(to(team.admin.email)?.text).toContain("組織：Team");
  await reportLeakedKeys([{ text: secret }], REPORT);
  const leaked = await db.prisma.mail.findMany({ where: { subject: { contains: "leaked" } } });
  expect(leaked.map(({ address }) => address)).toContain(team.member.email);
  expect(leaked[0]?.text).toContain("cannot be switched off");
  expect(JSON.stringify(await db.prisma.mail.findMany())).not.toContain(secret.slice(11));
  await work();
  expect(server.mails.length).toBe(5);
});

test("without a mail server, or with a kind in the console alone, nobody is mailed", async () => {
  useSettings();
  await generate(team.organizationId, team.member);
  expect(await addressees()).toEqual([]);
  useServer(1);
  await changeNoticeSettings(team.owner.id, { places: { "key.generated": "console" } });
  await generate(team.organizationId, team.member);
  expect(await addressees()).toEqual([team.admin.email]);
});

test("a burst of failed posts is one mail an hour, and every one of them in the console", async () => {
  useServer(1);
  const { organizationId } = team;
  const tell = (n: number) =>
    db.prisma.$transaction((tx) =>
      notify(tx, { kind: "post.failed", organizationId, subjectId: team.owner.id, step: String(n) }),
    );
  for (let n = 0; n < 5; n++) await tell(n);
  expect(await addressees()).toEqual([team.owner.email, team.admin.email].toSorted());
  expect(await db.prisma.notice.count({ where: { userId: team.owner.id } })).toBe(5);
  await db.prisma.$executeRaw`UPDATE notices SET created_at = now() - interval '61 minutes'`;
  await tell(5);
  expect(await addressees()).toHaveLength(4);
});

test("a mail that waits goes with its reader's membership", async () => {
  useServer(1);
  await generate(team.organizationId, team.member);
  await removeMember(actIn(team.owner, team.organizationId), team.admin.id, undefined);
  expect(await addressees()).toEqual([team.owner.email]);
});
