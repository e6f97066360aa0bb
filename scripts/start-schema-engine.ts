import { readFile } from "node:fs/promises";
import path from "node:path";
import type { PGlite } from "@electric-sql/pglite";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import type { MigrationList, SchemaEngine } from "@prisma/schema-engine-wasm";
import * as engine from "@prisma/schema-engine-wasm/schema_engine_bg";
import { PrismaPGlite } from "pglite-prisma-adapter";
import { readMigrations } from "#lib/db/migrate";

/** Starts Prisma's schema engine in this process for the given database. Nothing is downloaded. Once in a process. */
export const startSchemaEngine = async (db: PGlite): Promise<SchemaEngine> => {
  const binary = await readFile(path.resolve("node_modules/@prisma/schema-engine-wasm/schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(binary, { "./schema_engine_bg.js": { ...engine } });
  engine.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  const factory = bindMigrationAwareSqlAdapterFactory(new PrismaPGlite(db));
  return engine.SchemaEngine.new({ datamodels: undefined }, () => {}, factory);
};

/** The product's migrations in the schema engine's format. */
export const listMigrations = async (): Promise<MigrationList> => ({
  baseDir: path.resolve("prisma/migrations"),
  lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
  shadowDbInitScript: "",
  migrationDirectories: (await readMigrations()).map(({ name, sql }) => ({
    path: name,
    migrationFile: { path: "migration.sql", content: { tag: "ok", value: sql } },
  })),
});
