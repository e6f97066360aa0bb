import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Connection } from "#lib/db/connection";
import { isMigrated } from "#lib/db/is-migrated";
import { migrate } from "#lib/db/migrate";
import { openPGlite } from "#lib/db/open-pglite";

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

test("nothing is left that would keep a process from ending", async () => {
  await write("1_one", "CREATE TABLE one (id int);");
  const own = await openPGlite(undefined);
  const [set, cleared] = [vi.spyOn(globalThis, "setTimeout"), vi.spyOn(globalThis, "clearTimeout")];
  await migrate(own.migrationTarget(), folder);
  await own.close();
  const ended = new Set<unknown>(cleared.mock.calls.flat());
  const timers = set.mock.results.map(({ value }) => value as NodeJS.Timeout).filter((timer) => !ended.has(timer));
  vi.restoreAllMocks();
  expect(timers.filter((timer) => timer.hasRef())).toEqual([]);
});
