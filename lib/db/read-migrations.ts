import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { MigrationList } from "@prisma/schema-engine-wasm";

/** The `prisma` folder of the project, in which every process of ours runs. */
export const PRISMA_DIR = path.resolve("prisma");

/** The migrations in `prisma/migrations`, oldest first, as the schema engine wants them. */
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
