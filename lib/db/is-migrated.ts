import { hash } from "node:crypto";
import type { Connection } from "#lib/db/connection";
import { readMigrations } from "#lib/db/migrate";

const APPLIED = {
  name: "applied-migrations",
  text: `SELECT migration_name AS name, checksum FROM _prisma_migrations
         WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
};

/**
 * Whether every migration has been applied in its present form. Then the schema engine, which takes half a second to load,
 * is not needed.
 */
export const isMigrated = async (connection: Connection, migrationsDir?: string): Promise<boolean> => {
  const { migrationDirectories } = await readMigrations(migrationsDir);
  // Before the first migration the table does not exist. The engine reports any other failure better.
  const rows = await connection.query<{ name: string; checksum: string }>(APPLIED, []).catch(() => []);
  const applied = new Map(rows.map(({ name, checksum }) => [name, checksum]));
  return migrationDirectories.every(
    ({ path, migrationFile }) => applied.get(path) === hash("sha256", migrationFile.content.value),
  );
};
