import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { closeDatabase, type Database, useMemoryDatabase } from "#lib/db/database";
import { type Claim, claimMany } from "#lib/due/claim";
import { invite, renewInvitation, revokeInvitation } from "#lib/invitations/invite";
import { listInvitations } from "#lib/invitations/list-invitations";
import { MAILS, readClaimed, sendClaimed } from "#lib/mail/send-mail";
import { startSilentServer, startSmtpServer } from "#lib/mail/testing/test-smtp-server";
import { actIn, createTeam, type Team } from "#lib/organizations/testing/team";
import { useSettings } from "#lib/testing/process-state";

let db: Database;
beforeAll(async () => {
  db = await useMemoryDatabase();
});
afterAll(closeDatabase);
beforeEach(() => db.prisma.mail.deleteMany());

const useServer = (port: number, more: Record<string, string> = {}) =>
  useSettings({ SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: "Console <console@example.com>", ...more });
const asOwner = ({ owner, organizationId }: Team) => actIn(owner, organizationId);
const inviteOne = async (team: Team, email = "guest@example.org") =>
  (await invite(asOwner(team), { email, role: "member" }, "en")).invitation;
const readMail = async (team: Team) => {
  const { invitations } = await listInvitations(team.organizationId, { skip: 0, take: 1 });
  return invitations[0]?.mail;
};
/** Sends what is due, as a worker does, and returns how many mails it took. */
const work = async (): Promise<number> => {
  const { claims } = await claimMany<Claim>(MAILS, { limit: 100, perLane: 100, lanesUnderWay: [] });
  const mails = await readClaimed(claims);
  await Promise.all([...mails.values()].map(sendClaimed));
  return mails.size;
};
const makeDue = () => db.prisma.$executeRaw`UPDATE mails SET wake_at = clock_timestamp()`;
const countMails = () => db.prisma.mail.count();

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

test("a server that is busy is tried again, and one that refuses is not", async () => {
  const team = await createTeam();
  const answers = [451, undefined];
  const server = await startSmtpServer({ toRecipient: () => answers.shift() });
  useServer(server.port);
  await inviteOne(team);
  await work();
  expect([await work(), server.mails.length, await countMails()]).toEqual([0, 0, 1]);
  await makeDue();
  await work();
  expect([server.mails.length, await countMails()]).toEqual([1, 0]);

  const refusing = await startSmtpServer({ toRecipient: () => 550 });
  useServer(refusing.port);
  const other = await createTeam();
  const { id } = await inviteOne(other);
  await work();
  expect(await readMail(other)).toEqual({ sent_at: null, failed: true });
  const { mailError } = await db.prisma.invitation.findUniqueOrThrow({ where: { id } });
  expect(mailError).toContain("550");
  expect(mailError).not.toContain("guest@example.org");
  expect(await countMails()).toBe(0);
});

test("a mail whose answer was lost is not sent again", async () => {
  const team = await createTeam();
  const server = await startSmtpServer({ toText: () => "cut" });
  useServer(server.port);
  await inviteOne(team);
  await work();
  expect([server.mails.length, await countMails()]).toEqual([1, 0]);
  expect(await readMail(team)).toEqual({ sent_at: null, failed: true });
});

test("a try that a process never ended may have sent the mail, so it is not sent again", async () => {
  const team = await createTeam();
  const server = await startSmtpServer();
  useServer(server.port);
  await inviteOne(team);
  await claimMany<Claim>(MAILS, { limit: 1, perLane: 1, lanesUnderWay: [] });
  await makeDue();
  await work();
  expect([server.recipients, await countMails()]).toEqual([[], 0]);
  expect(await readMail(team)).toEqual({ sent_at: null, failed: true });
});

test("a server that never answers delays no invitation, and one that is not there is tried again", async () => {
  const team = await createTeam();
  const silent = await startSilentServer();
  useServer(silent.port);
  await inviteOne(team, "first@example.org");
  void work();
  await silent.isReached;
  // The mail is held by the silent server while another person is invited.
  expect((await inviteOne(team, "second@example.org")).status).toBe("pending");
  useServer(1);
  await work();
  expect(await countMails()).toBe(2);
  expect(await readMail(team)).toEqual({ sent_at: null, failed: false });
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

test("the password is for the server alone, and a wrong one is the operator's to correct", async () => {
  const team = await createTeam();
  let password = "right p@ss";
  const server = await startSmtpServer(
    {},
    {
      allowInsecureAuth: true,
      onAuth: ({ username, password: given }, _session, done) =>
        given === password && username === "console" ? done(null, { user: username }) : done(new Error(`not ${given}`)),
    },
  );
  useServer(server.port, { SMTP_URL: `smtp://console:right%20p%40ss@127.0.0.1:${server.port}` });
  password = "another";
  const { id } = await inviteOne(team);
  await work();
  expect(await countMails()).toBe(1);
  password = "right p@ss";
  await makeDue();
  await work();
  expect(server.mails).toHaveLength(1);
  const row = await db.prisma.invitation.findUniqueOrThrow({ where: { id } });
  expect(row.mailError).toBeNull();
});
