import type { Connection } from "#lib/db/connection";
import { PrismaClient } from "#lib/db/generated/client";
import { requireRightInstants } from "#lib/db/instants";
import { keepTime } from "#lib/db/keep-time";
import { isMigrated, migrate } from "#lib/db/migrate";
import { openPGlite } from "#lib/db/open-pglite";
import { openPostgres } from "#lib/db/open-postgres";
import { PATIENCE_MILLISECONDS } from "#lib/db/postgres-client";
import { requireRights } from "#lib/db/probe-postgres";
import { settings } from "#lib/env";
import { processState } from "#lib/process-state";

/**
 * The open database. `prisma` serves everything. `urgent` serves requests that end a key or an account, and their sign-in
 * check: it never waits for a connection behind ordinary writes. `connection` is for the hot path. Data that must survive a
 * restored backup is in `dataDir`, which an in-memory database lacks.
 */
export type Database = {
  prisma: PrismaClient;
  urgent: PrismaClient;
  connection: Connection;
  dataDir: string | undefined;
  /** Stops measuring its clock. */
  stopClock(): void;
};

declare module "#lib/process-state" {
  interface ProcessState {
    database?: Promise<Database>;
  }
}

/** The process's one database, opened and migrated at the first call. After a failure, the next call tries again. */
export const database = (): Promise<Database> => {
  processState.database ??= openDatabase().catch((error) => {
    delete processState.database;
    throw error;
  });
  return processState.database;
};

/** Closes the database if it is open, so that the next start finds it intact. */
export const closeDatabase = async (): Promise<void> => {
  const opened = processState.database;
  delete processState.database;
  if (!opened) return;
  const { prisma, urgent, connection, stopClock } = await opened;
  stopClock();
  await Promise.all([prisma.$disconnect(), urgent.$disconnect()]);
  await connection.close();
};

/** Makes an empty, migrated in-memory database this process's database. For tests. */
export const useMemoryDatabase = async (): Promise<Database> => {
  processState.database = openPGlite(undefined).then((connection) => prepare(connection, undefined));
  return processState.database;
};

async function openDatabase(): Promise<Database> {
  const { databaseUrl, dataDir } = settings();
  return prepare(await (databaseUrl ? openPostgres(databaseUrl) : openPGlite(dataDir)), dataDir);
}

async function prepare(connection: Connection, dataDir: string | undefined): Promise<Database> {
  let stopClock = () => {};
  try {
    stopClock = await keepTime(connection);
    if (!(await isMigrated(connection))) await applyMigrations(connection);
    if (connection.kind === "postgresql") {
      await requireRights(connection);
      await requireRightInstants(connection);
    }
  } catch (error) {
    stopClock();
    await connection.close();
    throw error;
  }
  const transactionOptions = { maxWait: PATIENCE_MILLISECONDS, timeout: 10_000 };
  const prisma = new PrismaClient({ adapter: connection.adapterFactory, transactionOptions });
  const { urgentAdapterFactory: adapter } = connection;
  const urgent = adapter ? new PrismaClient({ adapter, transactionOptions }) : prisma;
  return { prisma, urgent, connection, dataDir, stopClock };
}

async function applyMigrations(connection: Connection): Promise<void> {
  const target = connection.migrationTarget();
  await migrate(target).finally(() => target.close());
}

const READY_MILLISECONDS = 2000;
// A standby or read-only server would answer, but refuse every change.
const PING = { name: "ping", text: "SELECT 1 WHERE current_setting('transaction_read_only') = 'off'" };

/** Whether the database answers within two seconds and accepts writes. */
export const isDatabaseReady = async (): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), READY_MILLISECONDS);
  });
  try {
    const answer = database().then(async ({ connection }) => (await connection.query(PING, [])).length === 1);
    return await Promise.race([answer, patience]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
};
