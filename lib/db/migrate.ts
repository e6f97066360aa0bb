import type { SqlMigrationAwareDriverAdapterFactory, SqlQuery } from "@prisma/driver-adapter-utils";
import { startMigrationEngine } from "#lib/db/migration-engine";
import { readMigrations } from "#lib/db/read-migrations";

/** One connection, and the adapter that speaks over exactly that connection. */
export type MigrationTarget = {
  execute(sql: string): Promise<unknown>;
  adapterFactory: SqlMigrationAwareDriverAdapterFactory;
};

/** A migration that could not be applied; the database is as it was before. */
export class MigrationError extends Error {
  override name = "MigrationError";
}

/**
 * Applies what is missing of `prisma/migrations`, all of it or nothing, and returns the names applied.
 * Instances that start together wait for one another on the engine's advisory lock.
 */
export const migrate = async (target: MigrationTarget, migrationsDir?: string): Promise<string[]> => {
  const migrationsList = await readMigrations(migrationsDir);
  const failures: unknown[] = [];
  const engine = await startMigrationEngine(runScripts(target, failures));
  await target.execute("BEGIN");
  try {
    const filters = { externalTables: [], externalEnums: [] };
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters });
    if (failures.length > 0) throw failures[0];
    await target.execute("COMMIT");
    return appliedMigrationNames;
  } catch (error) {
    await target.execute("ROLLBACK");
    const cause = failures[0] ?? error;
    throw new MigrationError(`A migration could not be applied: ${toMessage(cause)}.${toAdvice(cause)}`, { cause });
  }
};

// One adapter cuts a script at every semicolon, those inside functions too, and the other does not wait for its end.
// After a failed statement PostgreSQL answers every further one with the same complaint, so the engine's own error hides
// the reason. The first failure is the reason.
function runScripts(
  { adapterFactory: factory, execute }: MigrationTarget,
  failures: unknown[],
): SqlMigrationAwareDriverAdapterFactory {
  return {
    ...factory,
    provider: factory.provider,
    adapterName: factory.adapterName,
    connectToShadowDb: () => factory.connectToShadowDb(),
    connect: async () => {
      const adapter = await factory.connect();
      const { queryRaw, executeRaw } = adapter;
      const note = (error: unknown) => {
        failures.push(error);
        throw error;
      };
      adapter.queryRaw = (query) => queryRaw.call(adapter, lockUntilTheEnd(query)).catch(note);
      adapter.executeRaw = (query) => executeRaw.call(adapter, lockUntilTheEnd(query)).catch(note);
      adapter.executeScript = async (script) => void (await execute(script).catch(note));
      return adapter;
    },
  };
}

// A lock of the session's would stay with whatever connection a pooler had lent, and lock everybody out for good. That of
// the transaction, which all of this is, is as good, and ends with it.
function lockUntilTheEnd(query: SqlQuery): SqlQuery {
  return { ...query, sql: query.sql.replace("pg_advisory_lock(", "pg_advisory_xact_lock(") };
}

const INSUFFICIENT_PRIVILEGE = "42501";

function toAdvice(error: unknown): string {
  const { code, cause } = error as { code?: string; cause?: { originalCode?: string } };
  if (code !== INSUFFICIENT_PRIVILEGE && cause?.originalCode !== INSUFFICIENT_PRIVILEGE) return "";
  return " Migrate as the role that owns the tables, with npm run db:migrate, and let this one only read and write rows.";
}

function toMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause as { originalMessage?: string } | undefined;
  return cause?.originalMessage ?? error.message;
}
