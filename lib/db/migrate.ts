import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
} from "@prisma/driver-adapter-utils";
import type { MigrationList, SchemaEngine } from "@prisma/schema-engine-wasm";
import * as engine from "@prisma/schema-engine-wasm/schema_engine_bg";

/** One connection, with an adapter that uses exactly that connection. */
export type MigrationTarget = {
  execute(sql: string): Promise<unknown>;
  adapterFactory: SqlMigrationAwareDriverAdapterFactory;
};

/** A migration that could not be applied. The database is unchanged. */
export class MigrationError extends Error {
  override name = "MigrationError";
}

/**
 * Applies the missing migrations of `prisma/migrations`, all or none, and returns their names. Instances that start together
 * wait for one another on the engine's advisory lock.
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

// One adapter splits a script at every semicolon, even inside functions; the other does not wait for its end. After a failed
// statement PostgreSQL answers all others with the same error, so the engine reports that one. The first failure is the real
// reason.
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

// A session-level advisory lock would stay on a pooler's connection and block everyone for good. All migrations run in one
// transaction, so a transaction-level lock protects as much and ends with it.
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

/** The project's `prisma` folder. Every process runs in the project's root. */
export const PRISMA_DIR = path.resolve("prisma");

/** The migrations in `prisma/migrations`, oldest first, in the schema engine's format. */
export const readMigrations = async (baseDir = path.join(PRISMA_DIR, "migrations")): Promise<MigrationList> => {
  const entries = await readdir(/* turbopackIgnore: true */ baseDir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const migrationDirectories = await Promise.all(
    names.sort().map(async (name) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: { tag: "ok" as const, value: await readFile(path.join(baseDir, name, "migration.sql"), "utf8") },
      },
    })),
  );
  const lockfile = { path: "migration_lock.toml", content: 'provider = "postgresql"\n' };
  return { baseDir, lockfile, shadowDbInitScript: "", migrationDirectories };
};

let loading: Promise<void> | undefined;

/** Starts Prisma's schema engine in this process for the given database. Nothing is downloaded. */
export const startMigrationEngine = async (factory: SqlMigrationAwareDriverAdapterFactory): Promise<SchemaEngine> => {
  loading ??= load().catch((error) => {
    loading = undefined;
    throw error;
  });
  await loading;
  return engine.SchemaEngine.new({ datamodels: undefined }, () => {}, bindMigrationAwareSqlAdapterFactory(factory));
};

// The module keeps one instance for all engines, and a second load would replace the instance in use.
async function load(): Promise<void> {
  const binary = await readFile(path.resolve("node_modules/@prisma/schema-engine-wasm/schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(binary, { "./schema_engine_bg.js": withoutWaiting(engine) });
  engine.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
}

// The engine sets a ten-second timeout for the lock and never clears it, which would keep an otherwise finished process
// running.
function withoutWaiting(imports: object): WebAssembly.ModuleImports {
  const setUnheldTimeout = (callback: () => void, milliseconds: number) => setTimeout(callback, milliseconds).unref();
  const entries = Object.entries(imports).map(([name, imported]) => [
    name,
    name.startsWith("__wbg_setTimeout_") ? setUnheldTimeout : imported,
  ]);
  return Object.fromEntries(entries);
}
