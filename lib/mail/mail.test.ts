import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { closeDatabase, type Database, useMemoryDatabase } from "#lib/db/database";
import { renewInvitation, revokeInvitation } from "#lib/invitations/invite";
import { pruneMails } from "#lib/mail/send-mail";
import { countMails, inviteOne, readMail, useServer, work } from "#lib/mail/testing/test-mails";
import { startSmtpServer } from "#lib/mail/testing/test-smtp-server";
import { actIn, createTeam, type Team } from "#lib/organizations/testing/team";
import { useSettings } from "#lib/testing/process-state";

let db: Database;
beforeAll(async () => {
  db = await useMemoryDatabase();
});
afterAll(closeDatabase);
beforeEach(() => db.prisma.mail.deleteMany());

const asOwner = ({ owner, organizationId }: Team) => actIn(owner, organizationId);
// RFC 2047, as far as the library uses it: base64 or quoted-printable words.
const readSubject = (source = "") => {
  const [, folded = ""] = /^Subject: (.*(?:\r\n[ \t].*)*)/m.exec(source) ?? [];
  const words = folded.replaceAll(/\?=\s+=\?/g, "?==?").replaceAll(/\r\n[ \t]/g, " ");
  return words.replaceAll(/=\?UTF-8\?([BQ])\?(.*?)\?=/gi, (_, kind, text: string) =>
    kind.toUpperCase() === "B"
      ? Buffer.from(text, "base64").toString()
      : decodeURIComponent(
          text
            .replaceAll("_", " ")
            .replaceAll("%", "%25")
            .replaceAll(/=([0-9A-F]{2})/gi, "%$1"),
        ),
  );
};

test("an invite sends exactly one mail, which says what it is, where it comes from and what to do", async () => {
  const team = await createTeam();
  const server = await startSmtpServer();
  useServer(server.port);
  const invitation = await inviteOne(team);
  expect(invitation.mail).toEqual({ sent_at: null, failed: false });
  expect([await work(), await work()]).toEqual([1, 0]);
  expect(server.mails).toHaveLength(1);
  const { to, source } = server.mails[0] ?? { to: [], source: "" };
  const text = source.replaceAll("=\r\n", "").replaceAll("=3D", "=");
  expect(to).toEqual(["guest@example.org"]);
  expect(text).toContain(invitation.url);
  expect(text).toContain("http://localhost:3000");
  expect(text).toMatch(/^Auto-Submitted: auto-generated\r$/m);
  expect(text).toMatch(/^From: Console <console@example\.com>\r$/m);
  expect(text).toMatch(/^Content-Type: text\/plain/m);
  expect(await readMail(team)).toEqual({ sent_at: expect.any(String), failed: false });
  // Nothing of the address is kept.
  expect(await countMails()).toBe(0);
});

test("a renewal sends another mail, and takes the place of one that still waits", async () => {
  const team = await createTeam();
  const server = await startSmtpServer();
  useServer(server.port);
  const { id } = await inviteOne(team);
  await renewInvitation(asOwner(team), id, "zh-TW");
  await work();
  expect(server.mails).toHaveLength(1);
  await renewInvitation(asOwner(team), id, "en");
  await work();
  expect(server.mails).toHaveLength(2);
});

test("what was revoked before its mail was sent is not mailed", async () => {
  const team = await createTeam();
  const server = await startSmtpServer();
  useServer(server.port);
  const { id } = await inviteOne(team);
  await revokeInvitation(asOwner(team), id);
  expect(await work()).toBe(1);
  expect([server.recipients, await countMails()]).toEqual([[], 0]);
});

test("without a mail server nothing waits for mail, and no invitation says anything about one", async () => {
  const team = await createTeam();
  useSettings();
  expect((await inviteOne(team)).mail).toBeNull();
  expect(await countMails()).toBe(0);
});

test("two workers send fifty mails once each", async () => {
  const team = await createTeam();
  const server = await startSmtpServer();
  useServer(server.port);
  await db.prisma.mail.createMany({
    data: Array.from({ length: 50 }, (_, n) => ({
      ...{ lane: team.organizationId, address: `${n}@example.org`, subject: "Hello", text: "Hello" },
    })),
  });
  const taken = await Promise.all([work(), work()]);
  expect(taken.reduce((sum, count) => sum + count)).toBe(50);
  expect(new Set(server.mails.map(({ to }) => to[0])).size).toBe(50);
  expect(server.mails).toHaveLength(50);
});

test.each([
  ["Firm\r\nBcc: everybody@example.com", "Firm"],
  ["公司 🏢", "公司"],
])("an organization called %j puts nothing into the header but its name", async (name) => {
  const team = await createTeam();
  await db.prisma.organization.update({ where: { id: team.organizationId }, data: { name } });
  const server = await startSmtpServer();
  useServer(server.port);
  await inviteOne(team);
  await work();
  const [head = ""] = (server.mails[0]?.source ?? "").split("\r\n\r\n");
  expect(head).not.toMatch(/^bcc:/im);
  expect(server.recipients).toEqual(["guest@example.org"]);
  expect(head).toMatch(/^Subject: /m);
});

test("a mail is in the language that its sender chose, or else in that of their page", async () => {
  const team = await createTeam();
  const server = await startSmtpServer();
  useServer(server.port);
  const send = async (locale: "en" | "zh-TW" | null) => {
    await db.prisma.user.update({ where: { id: team.owner.id }, data: { locale } });
    await inviteOne(team);
    await work();
    return readSubject(server.mails.at(-1)?.source);
  };
  expect(await send(null)).toMatch(/ invites you to /);
  expect(await send("zh-TW")).toMatch(/ 邀請您加入 /);
});

test("a mail that no process of this installation would send goes after two days, and its invitation says so", async () => {
  const team = await createTeam();
  useServer(1);
  await inviteOne(team);
  await db.prisma.$executeRaw`UPDATE mails SET created_at = created_at - interval '47 hours'`;
  await pruneMails();
  expect(await countMails()).toBe(1);
  await db.prisma.$executeRaw`UPDATE mails SET created_at = created_at - interval '2 hours'`;
  await pruneMails();
  expect(await countMails()).toBe(0);
  expect(await readMail(team)).toEqual({ sent_at: null, failed: true });
});
