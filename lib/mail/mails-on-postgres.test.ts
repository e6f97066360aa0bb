import { spawn } from "node:child_process";
import { once } from "node:events";
import { devNull } from "node:os";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type PostgresDatabase, usePostgresDatabase } from "#lib/db/testing/use-postgres-database";
import { settings } from "#lib/env";
import { revokeInvitation } from "#lib/invitations/invite";
import { countMails, inviteOne, useServer, work } from "#lib/mail/testing/test-mails";
import { startSmtpServer } from "#lib/mail/testing/test-smtp-server";
import { actIn, createTeam } from "#lib/organizations/testing/team";
import { findPostgres } from "#lib/testing/postgres/start-postgres";

const MAILS = 50;
const ROUNDS = 100;

describe.skipIf(!findPostgres())("on PostgreSQL", () => {
  let postgres: PostgresDatabase;
  beforeAll(async () => {
    postgres = await usePostgresDatabase();
  });
  afterAll(() => postgres.close());
  beforeEach(() => postgres.db.prisma.mail.deleteMany());

  const useServerHere = (port: number) => {
    const { databaseUrl = "", dataDir } = settings();
    useServer(port, { DATABASE_URL: databaseUrl, DATA_DIR: dataDir });
  };

  test(`two worker processes send ${MAILS} mails once each`, async () => {
    const server = await startSmtpServer();
    const { databaseUrl = "", dataDir } = settings();
    const env = { DATABASE_URL: databaseUrl, DATA_DIR: dataDir, SMTP_URL: `smtp://127.0.0.1:${server.port}` };
    const workers = [startWorker(env), startWorker(env)];
    for (const { ready } of workers) await ready;
    const { organizationId: lane } = await createTeam();
    const { prisma } = postgres.db;
    for (let n = 0; n < MAILS; n++) {
      await prisma.mail.create({ data: { lane, address: `${n}@example.org`, subject: "Hello", text: "Hello" } });
    }
    await expect.poll(countMails, { timeout: 100_000 }).toBe(0);
    for (const { child, ended } of workers) {
      child.kill("SIGTERM");
      await ended;
    }
    expect(server.mails).toHaveLength(MAILS);
    expect(new Set(server.mails.map(({ to }) => to[0])).size).toBe(MAILS);
  });

  test(`of a mail being sent and its invitation being revoked at once neither waits for the other for ever, ${ROUNDS} times`, async () => {
    const answers = [undefined, 550];
    let round = 0;
    const server = await startSmtpServer({ toRecipient: () => answers[round % answers.length] });
    useServerHere(server.port);
    for (; round < ROUNDS; round++) {
      const team = await createTeam();
      const { id } = await inviteOne(team, `${round}@example.org`);
      await Promise.all([work(), revokeInvitation(actIn(team.owner, team.organizationId), id)]);
      await work();
    }
    expect([await countMails(), await postgres.countDeadlocks()]).toEqual([0, 0]);
  });

  test("an invitation is deleted while the outcome of its mail is being written", async () => {
    const server = await startSmtpServer();
    useServerHere(server.port);
    const { id } = await inviteOne(await createTeam());
    const { prisma } = postgres.db;
    let working: Promise<number> | undefined;
    await prisma.$transaction(
      async (tx) => {
        await tx.$executeRaw`SELECT 1 FROM invitations WHERE id = ${id}::uuid FOR UPDATE`;
        working = work();
        const countWaiting = () => prisma.$queryRaw`SELECT 1 FROM pg_locks WHERE NOT granted`;
        await expect.poll(countWaiting).toHaveLength(1);
        await tx.invitation.delete({ where: { id } });
      },
      { timeout: 60_000 },
    );
    await working;
    expect([server.mails.length, await countMails(), await postgres.countDeadlocks()]).toEqual([1, 0, 0]);
  });
});

function startWorker(env: Record<string, string>) {
  const child = spawn(process.execPath, ["scripts/worker.ts"], {
    env: {
      ...{ NODE_ENV: "production", PATH: process.env.PATH, ENV_FILE: devNull, LOG_LEVEL: "silent" },
      ...{ ...env, MAIL_FROM: "console@example.com" },
    },
  });
  const ready = new Promise<void>((resolve) => {
    child.stdout.on("data", (chunk) => String(chunk).includes("Worker is ready.") && resolve());
  });
  return { child, ready, ended: once(child, "close") };
}
