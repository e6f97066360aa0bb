import { PGlite } from "@electric-sql/pglite";
import { expect, test } from "vitest";
import { migrate } from "#lib/db/migrate";
import { listMigrations, startSchemaEngine } from "./start-schema-engine.ts";

test("Prisma's own engine agrees with what is recorded, and has nothing to add", async () => {
  const db = await PGlite.create("memory://");
  const target = { execute: (sql: string) => db.exec(sql) };
  const names = await migrate(target);
  expect(names.length).toBeGreaterThan(5);
  const engine = await startSchemaEngine(db);
  const migrationsList = await listMigrations();
  const filters = { externalTables: [], externalEnums: [] };
  const found = await engine.diagnoseMigrationHistory({ migrationsList, filters, optInToShadowDatabase: false });
  expect(found).toMatchObject({ editedMigrationNames: [], failedMigrationNames: [], hasMigrationsTable: true });
  expect(found.history ?? null).toBeNull();
  expect(await engine.applyMigrations({ migrationsList, filters })).toEqual({ appliedMigrationNames: [] });
  await db.close();
});
