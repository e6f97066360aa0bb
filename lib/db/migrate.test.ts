import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Connection } from "#lib/db/connection";
import { isMigrated, migrate } from "#lib/db/migrate";
import { openPGlite } from "#lib/db/open-pglite";
import { openPostgres } from "#lib/db/open-postgres";
import { findPostgres, startPostgres } from "#lib/testing/postgres/start-postgres";

let connection: Connection;
let folder: string;

beforeEach(async () => {
  connection = await openPGlite(undefined);
  folder = await mkdtemp(path.join(tmpdir(), "boring-migrations-"));
});
afterEach(async () => {
  await connection.close();
  await rm(folder, { recursive: true });
});

const write = async (name: string, sql: string) => {
  await mkdir(path.join(folder, name));
  await writeFile(path.join(folder, name, "migration.sql"), sql);
};

const tables = async () => {
  const text = "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1";
  return (await connection.query<{ name: string }>({ name: "tables", text }, [])).map(({ name }) => name);
};

test("migrations are applied once, in order", async () => {
  await write("1_one", "CREATE TABLE one (id int);");
  expect(await isMigrated(connection, folder)).toBe(false);
  expect(await migrate(connection.migrationTarget(), folder)).toEqual(["1_one"]);
  expect(await isMigrated(connection, folder)).toBe(true);
  await write("2_two", "ALTER TABLE one ADD COLUMN name text; CREATE TABLE two (id int);");
  expect(await isMigrated(connection, folder)).toBe(false);
  expect(await migrate(connection.migrationTarget(), folder)).toEqual(["2_two"]);
  expect(await migrate(connection.migrationTarget(), folder)).toEqual([]);
  expect(await tables()).toEqual(["_prisma_migrations", "one", "two"]);
});

test("a migration that fails leaves the database as it was, and its correction is applied", async () => {
  await write("1_one", "CREATE TABLE one (id int);");
  await migrate(connection.migrationTarget(), folder);
  await write("2_two", "CREATE TABLE two (id int);");
  await write("3_three", "CREATE TABLE three (id int); ALTER TABLE nowhere ADD COLUMN name text;");
  await expect(migrate(connection.migrationTarget(), folder)).rejects.toThrow(/"nowhere" does not exist/);
  expect(await tables()).toEqual(["_prisma_migrations", "one"]);
  await writeFile(path.join(folder, "3_three", "migration.sql"), "CREATE TABLE three (id int);");
  expect(await migrate(connection.migrationTarget(), folder)).toEqual(["2_two", "3_three"]);
});

test("a database that a later version has migrated is refused, and left as it is", async () => {
  await write("1_one", "CREATE TABLE one (id int);");
  await write("2_two", "CREATE TABLE two (id int);");
  await migrate(connection.migrationTarget(), folder);
  await rm(path.join(folder, "2_two"), { recursive: true });
  await write("1_other", "CREATE TABLE other (id int);");
  const refusal = /^The database is newer than this version, which does not know the migration 2_two\./;
  await expect(isMigrated(connection, folder)).rejects.toThrow(refusal);
  await expect(migrate(connection.migrationTarget(), folder)).rejects.toThrow(refusal);
  expect(await tables()).toEqual(["_prisma_migrations", "one", "two"]);
});

test("a database that something else uses is refused, and left as it is", async () => {
  await write("1_one", "CREATE TABLE one (id int);");
  await connection.migrationTarget().execute("CREATE TABLE foreign_table (id int)");
  await expect(migrate(connection.migrationTarget(), folder)).rejects.toThrow(
    /something else, among them foreign_table/,
  );
  expect(await tables()).toEqual(["foreign_table"]);
});

test("a migration that another tool did not finish is told", async () => {
  await write("1_one", "CREATE TABLE one (id int);");
  await migrate(connection.migrationTarget(), folder);
  await connection.migrationTarget().execute("UPDATE _prisma_migrations SET finished_at = NULL");
  await expect(migrate(connection.migrationTarget(), folder)).rejects.toThrow(/^The migration 1_one was begun by/);
});

describe.skipIf(!findPostgres())("on a server", () => {
  test("instances that start together wait for one another, though not for ever", async () => {
    await write("1_one", "CREATE TABLE one (id int);");
    const postgres = await startPostgres();
    const url = await postgres.createDatabase("together");
    const connections = await Promise.all([openPostgres(url), openPostgres(url), openPostgres(url)]);
    const [holder, ...others] = [
      connections[0].migrationTarget(),
      connections[1].migrationTarget(),
      connections[2].migrationTarget(),
    ] as const;
    try {
      await holder.execute("BEGIN");
      await holder.execute("SELECT pg_advisory_xact_lock(72707369)");
      await expect(migrate(others[0], folder, 1)).rejects.toThrow(/^Another process has been migrating/);
      const migrating = Promise.all(others.map((target) => migrate(target, folder)));
      await holder.execute("COMMIT");
      expect((await migrating).flat()).toEqual(["1_one"]);
    } finally {
      await Promise.all([holder, ...others].map((target) => target.close()));
      await Promise.all(connections.map((opened) => opened.close()));
      await postgres.stop();
    }
  });

  test("a connection that is lost on the way leaves the database as it was", async () => {
    await write("1_one", "CREATE TABLE one (id int);");
    await write("2_two", "SELECT pg_terminate_backend(pg_backend_pid());");
    const postgres = await startPostgres();
    const opened = await openPostgres(await postgres.createDatabase("lost"));
    const target = opened.migrationTarget();
    try {
      await expect(migrate(target, folder)).rejects.toThrow(
        /^A migration could not be applied: terminating connection/,
      );
      await expect(target.execute("CREATE TABLE outside (id int)")).rejects.toThrow();
      const text = "SELECT 1 FROM pg_tables WHERE schemaname = 'public'";
      expect(await opened.query({ name: "tables", text }, [])).toEqual([]);
    } finally {
      await target.close();
      await opened.close();
      await postgres.stop();
    }
  });
});
