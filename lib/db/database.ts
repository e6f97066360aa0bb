import type { Connection } from "#lib/db/connection";
import { PrismaClient } from "#lib/db/generated/client";
import { requireRightInstants } from "#lib/db/instants";
import { isMigrated } from "#lib/db/is-migrated";
import { keepTime } from "#lib/db/keep-time";
import { openPGlite } from "#lib/db/open-pglite";
import { openPostgres } from "#lib/db/open-postgres";
import { PATIENCE_MILLISECONDS } from "#lib/db/postgres-client";
import { requireRights } from "#lib/db/probe-postgres";
import { settings } from "#lib/env";

/**
 * The open database: Prisma for everything, `urgent` for what ends a key or an account and for who asks for that: it never
 * waits for a connection behind those who write by it. `connection` is for the hot path. What has to outlive a restored backup of it
 * is kept in `dataDir`; a database in memory has none.
 */
export type Database = {
  prisma: PrismaClient;
  urgent: PrismaClient;
  connection: Connection;
  dataDir: string | undefined;
  /** Ends what looks at its clock. */
  stopClock(): void;
};

// Next compiles its own copy of this module, so the one opening lives on the process, not in the module.
const shared = globalThis as { boringDatabase?: Promise<Database> };

/** The process's one database, opened and migrated at the first call. A failed opening is tried again at the next. */
export const database = (): Promise<Database> => {
  shared.boringDatabase ??= openDatabase().catch((error) => {
    delete shared.boringDatabase;
    throw error;
  });
  return shared.boringDatabase;
};

/** Closes the database if it is open, so that the next start finds it clean. */
export const closeDatabase = async (): Promise<void> => {
  const opened = shared.boringDatabase;
  delete shared.boringDatabase;
  if (!opened) return;
  const { prisma, urgent, connection, stopClock } = await opened;
  stopClock();
  await Promise.all([prisma.$disconnect(), urgent.$disconnect()]);
  await connection.close();
};

/** Makes an empty, migrated database in memory this process's database. For tests. */
export const useMemoryDatabase = async (): Promise<Database> => {
  shared.boringDatabase = openPGlite(undefined).then((connection) => prepare(connection, undefined));
  return shared.boringDatabase;
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
  const { migrate } = await import("#lib/db/migrate");
  const target = connection.migrationTarget();
  await migrate(target).finally(() => target.close());
}

const READY_MILLISECONDS = 2000;
// A standby, and a server that its operator set so, would answer and refuse every change.
const PING = { name: "ping", text: "SELECT 1 WHERE current_setting('transaction_read_only') = 'off'" };

/** Whether the database answers within two seconds that it takes changes. */
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
