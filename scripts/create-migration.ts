import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { listMigrations, startSchemaEngine } from "./start-schema-engine.ts";

const name = process.argv[2];
if (!name || !/^[a-z0-9_]+$/.test(name)) {
  console.error("Name the change in lower case: npm run db:create-migration -- add_key_expiry");
  process.exit(1);
}
console.log((await createMigration(name)) ?? "prisma/schema.prisma has no change that a migration would need.");

// Writes the SQL that leads from the existing migrations to the schema into a new folder, and returns the file's path. Uses
// only in-memory databases.
async function createMigration(title: string): Promise<string | undefined> {
  const db = await PGlite.create("memory://");
  try {
    const engine = await startSchemaEngine(db);
    const migrations = await listMigrations();
    const schema = path.resolve("prisma/schema.prisma");
    const { stdout: sql } = await engine.diff({
      from: { tag: "migrations", ...migrations },
      to: { tag: "schemaDatamodel", files: [{ path: schema, content: await readFile(schema, "utf8") }] },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    if (!sql || sql.includes("-- This is an empty migration.")) return undefined;
    const moment = new Date().toISOString().replaceAll(/\D/g, "").slice(0, 14);
    const folder = path.join(migrations.baseDir, `${moment}_${title}`);
    await mkdir(folder);
    await writeFile(path.join(folder, "migration.sql"), sql);
    return path.relative(process.cwd(), path.join(folder, "migration.sql"));
  } finally {
    await db.close();
  }
}
