import { hash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { Connection, MigrationTarget } from "#lib/db/connection";
import { toLiteral } from "#lib/db/sql-values";

/** A migration that could not be applied, or a database that this build does not fit. The database is unchanged. */
export class MigrationError extends Error {
  override name = "MigrationError";
}

type Migration = { name: string; sql: string };

// Every process runs in the project's root.
const FOLDER = path.resolve("prisma/migrations");

/** The migrations in `prisma/migrations`, oldest first. */
export const readMigrations = async (folder = FOLDER): Promise<Migration[]> => {
  const entries = await readdir(/* turbopackIgnore: true */ folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => ({ name, sql: await readFile(path.join(folder, name, "migration.sql"), "utf8") })),
  );
};

// Only the schema that new tables go to: another one on the search path may belong to another installation.
const HISTORY = {
  name: "migration-history",
  text: `SELECT migration_name AS name, finished_at IS NOT NULL AS "isFinished" FROM _prisma_migrations
         WHERE rolled_back_at IS NULL
           AND tableoid IN (SELECT oid FROM pg_class WHERE relnamespace = current_schema()::regnamespace)`,
};
type Recorded = { name: string; isFinished: boolean };

/** Whether every migration has been applied. Throws `MigrationError` when a later build has applied more. */
export const isMigrated = async (connection: Connection, folder?: string): Promise<boolean> => {
  // Before the first migration the table does not exist. Any other failure is told better while migrating.
  const history = await connection.query<Recorded>(HISTORY, []).catch(() => []);
  return listMissing(await readMigrations(folder), history).length === 0;
};

/**
 * Applies the missing migrations of `prisma/migrations`, all or none, and returns their names. Instances that start together
 * wait for one another. Prisma's own tools agree with what is recorded.
 */
export const migrate = async (
  target: MigrationTarget,
  folder?: string,
  patienceSeconds = PATIENCE_SECONDS,
): Promise<string[]> => {
  const migrations = await readMigrations(folder);
  await target.execute("BEGIN");
  try {
    await takeLock(target, patienceSeconds);
    const missing = listMissing(migrations, await openHistory(target));
    for (const migration of missing) await apply(target, migration);
    await target.execute("COMMIT");
    return missing.map(({ name }) => name);
  } catch (error) {
    await target.execute("ROLLBACK").catch(() => {});
    if (error instanceof MigrationError) throw error;
    throw new MigrationError(`A migration could not be applied: ${toMessage(error)}.${toAdvice(error)}`, {
      cause: error,
    });
  }
};

// By name, as Prisma does it. An applied file may have been edited since, and a checkout may change its line ends.
function listMissing(migrations: Migration[], history: Recorded[]): Migration[] {
  const unfinished = history.find(({ isFinished }) => !isFinished);
  if (unfinished) {
    throw new MigrationError(
      `The migration ${unfinished.name} was begun by another tool and did not finish. Restore a backup, or undo what it did and delete its row from _prisma_migrations.`,
    );
  }
  const known = new Set(migrations.map(({ name }) => name));
  const newer = history.find(({ name }) => !known.has(name));
  if (newer) {
    throw new MigrationError(
      `The database is newer than this version, which does not know the migration ${newer.name}. Start the version that last used the database, or restore a backup from before.`,
    );
  }
  const applied = new Set(history.map(({ name }) => name));
  return migrations.filter(({ name }) => !applied.has(name));
}

const PATIENCE_SECONDS = 60;
// The number that Prisma's tools lock, too. Its lock belongs to the session and would stay on a pooler's connection for
// good, so this one belongs to the transaction.
const LOCK = "SELECT pg_advisory_xact_lock(72707369)";
const LOCK_NOT_AVAILABLE = "55P03";

async function takeLock({ execute }: MigrationTarget, patienceSeconds: number): Promise<void> {
  await execute(`SET LOCAL lock_timeout = '${patienceSeconds}s'`);
  await execute(LOCK).catch((cause) => {
    if ((cause as { code?: string }).code !== LOCK_NOT_AVAILABLE) throw cause;
    throw new MigrationError("Another process has been migrating the database for long. Start again when it is done.", {
      cause,
    });
  });
  await execute("SET LOCAL lock_timeout TO DEFAULT");
}

// As Prisma makes it.
const CREATE_HISTORY = `CREATE TABLE _prisma_migrations (
  id                  VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum            VARCHAR(64) NOT NULL,
  finished_at         TIMESTAMPTZ,
  migration_name      VARCHAR(255) NOT NULL,
  logs                TEXT,
  rolled_back_at      TIMESTAMPTZ,
  started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;
const TABLES = `SELECT relname AS name FROM pg_class
  WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
    AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e')`;

async function openHistory(target: MigrationTarget): Promise<Recorded[]> {
  const tables = await ask<{ name: string }>(target, TABLES);
  if (tables.some(({ name }) => name === "_prisma_migrations")) return ask<Recorded>(target, HISTORY.text);
  if (tables[0]) {
    throw new MigrationError(
      `The database holds tables of something else, among them ${tables[0].name}. Give this product a database or a schema of its own.`,
    );
  }
  await target.execute(CREATE_HISTORY);
  return [];
}

async function apply({ execute }: MigrationTarget, { name, sql }: Migration): Promise<void> {
  await execute(sql);
  const values = [hash("sha256", sql), name].map(toLiteral).join(", ");
  await execute(`INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
    VALUES (gen_random_uuid(), ${values}, clock_timestamp(), 1)`);
}

// One driver answers a script with a result, the other with a list of them.
async function ask<Row>({ execute }: MigrationTarget, sql: string): Promise<Row[]> {
  const [result] = [await execute(sql)].flat() as [{ rows: Row[] }];
  return result.rows;
}

const INSUFFICIENT_PRIVILEGE = "42501";

function toAdvice(error: unknown): string {
  if ((error as { code?: string }).code !== INSUFFICIENT_PRIVILEGE) return "";
  return " Migrate as the role that owns the tables, with npm run db:migrate, and let this one only read and write rows.";
}

function toMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
