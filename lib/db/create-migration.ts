import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { PrismaPGlite } from "pglite-prisma-adapter";
import { PRISMA_DIR, readMigrations, startMigrationEngine } from "#lib/db/migrate";

/**
 * Writes the SQL that leads from the existing migrations to `prisma/schema.prisma` into a new migration folder. Returns the
 * file's path, or undefined when nothing changed. Uses only in-memory databases.
 */
export const createMigration = async (name: string): Promise<string | undefined> => {
  const db = await PGlite.create("memory://");
  try {
    const engine = await startMigrationEngine(new PrismaPGlite(db));
    const migrations = await readMigrations();
    const schema = path.join(PRISMA_DIR, "schema.prisma");
    const { stdout: sql } = await engine.diff({
      from: { tag: "migrations", ...migrations },
      to: {
        tag: "schemaDatamodel",
        files: [{ path: schema, content: await readFile(schema, "utf8") }],
      },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    if (!sql || sql.includes("-- This is an empty migration.")) return undefined;
    const moment = new Date().toISOString().replaceAll(/\D/g, "").slice(0, 14);
    const folder = path.join(migrations.baseDir, `${moment}_${name}`);
    await mkdir(folder);
    await writeFile(path.join(folder, "migration.sql"), sql);
    return path.relative(process.cwd(), path.join(folder, "migration.sql"));
  } finally {
    await db.close();
  }
};
