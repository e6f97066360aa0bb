import { Client } from "pg";
import type { Connection } from "#lib/db/connection";
import { PrismaClient } from "#lib/db/generated/client";
import { migrate } from "#lib/db/migrate";
import { openPostgres } from "#lib/db/open-postgres";
import { PATIENCE_MILLISECONDS } from "#lib/db/postgres-client";

/** Opens a database as the product does, with Prisma on it. The caller must close it. */
export const openTestPostgres = async (
  url: string,
): Promise<{ connection: Connection; prisma: PrismaClient; close(): Promise<void> }> => {
  const connection = await openPostgres(url);
  const transactionOptions = { maxWait: PATIENCE_MILLISECONDS, timeout: 10_000 };
  const prisma = new PrismaClient({ adapter: connection.adapterFactory, transactionOptions });
  return {
    connection,
    prisma,
    close: async () => {
      await prisma.$disconnect();
      await connection.close();
    },
  };
};

/** Applies all migrations to a database. */
export const migrateTestPostgres = async (url: string): Promise<void> => {
  const connection = await openPostgres(url);
  const target = connection.migrationTarget();
  await migrate(target).finally(() => target.close());
  await connection.close();
};

/** Runs statements as the server's owner. */
export const administrate = async (url: string, ...statements: string[]): Promise<void> => {
  const admin = new Client({ connectionString: url });
  await admin.connect();
  for (const statement of statements) await admin.query(statement);
  await admin.end();
};
