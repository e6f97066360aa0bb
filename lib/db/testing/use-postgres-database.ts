import { closeDatabase, type Database, database } from "#lib/db/database";
import { startPostgres } from "#lib/testing/postgres/start-postgres";
import { useSettings } from "#lib/testing/process-state";

/** This process's database, in a PostgreSQL of the caller's own. */
export type PostgresDatabase = {
  db: Database;
  /** How often its server had to end a transaction because two waited for each other. */
  countDeadlocks(): Promise<number>;
  close(): Promise<void>;
};

/** Makes an empty database of a new PostgreSQL this process's database. The caller must close it. */
export const usePostgresDatabase = async (): Promise<PostgresDatabase> => {
  const postgres = await startPostgres();
  useSettings({ DATABASE_URL: await postgres.createDatabase("tests"), DATA_DIR: postgres.folder });
  const db = await database();
  return {
    db,
    countDeadlocks: async () => {
      const [row] = await db.prisma.$queryRaw<{ deadlocks: number }[]>`
        SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()`;
      return row?.deadlocks ?? Number.NaN;
    },
    close: async () => {
      await closeDatabase();
      await postgres.stop();
    },
  };
};
