import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { closeDatabase, type Database, useMemoryDatabase } from "#lib/db/database";
import { type Claim, claimMany } from "#lib/due/claim";
import { MAILS } from "#lib/mail/send-mail";
import { countMails, inviteOne, readMail, useServer, work } from "#lib/mail/testing/test-mails";
import { startSilentServer, startSmtpServer } from "#lib/mail/testing/test-smtp-server";
import { createTeam } from "#lib/organizations/testing/team";

let db: Database;
beforeAll(async () => {
  db = await useMemoryDatabase();
});
afterAll(closeDatabase);
beforeEach(() => db.prisma.mail.deleteMany());

const makeDue = () => db.prisma.$executeRaw`UPDATE mails SET wake_at = clock_timestamp()`;

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

test("what a server says is kept without any spelling of the address", async () => {
  const team = await createTeam();
  const server = await startSmtpServer({ toRecipient: () => 550 });
  useServer(server.port);
  const { id } = await inviteOne(team, "Guest@BÜRO.example");
  await work();
  const { mailError } = await db.prisma.invitation.findUniqueOrThrow({ where: { id } });
  expect(server.recipients[0]).not.toBe("Guest@BÜRO.example");
  expect(mailError).toContain("not wanted");
  expect(mailError?.toLowerCase()).not.toMatch(/guest|example/);
});

test("the operator reads in the log that mails do not go out yet", async () => {
  const team = await createTeam();
  const logged = vi.spyOn(await import("#lib/log"), "log");
  useServer(1);
  await inviteOne(team);
  await work();
  expect(logged).toHaveBeenCalledWith(
    "warn",
    expect.stringContaining("try again"),
    expect.objectContaining({ errorName: "later" }),
  );
  expect(await countMails()).toBe(1);
});
