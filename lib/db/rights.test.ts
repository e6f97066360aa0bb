import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Connection } from "#lib/db/connection";
import { isMigrated, migrate } from "#lib/db/migrate";
import { openPostgres } from "#lib/db/open-postgres";
import { requireRights } from "#lib/db/probe-postgres";
import { administrate, migrateTestPostgres } from "#lib/db/testing/open-test-postgres";
import { findPostgres, type Postgres, startPostgres } from "#lib/testing/postgres/start-postgres";

describe.skipIf(!findPostgres())("a role that owns nothing", () => {
  let postgres: Postgres;
  let owned: string;
  let url: string;
  beforeAll(async () => {
    postgres = await startPostgres();
    owned = await postgres.createDatabase("rights");
    url = owned.replace("boring@", "guest@");
    await administrate(owned, "CREATE ROLE guest LOGIN");
  });
  afterAll(() => postgres.stop());

  const withGuest = async <Result>(ask: (connection: Connection) => Promise<Result>): Promise<Result> => {
    const connection = await openPostgres(url);
    return ask(connection).finally(() => connection.close());
  };
  const check = () => withGuest(requireRights).catch((error: Error) => error.message);

  test("cannot migrate, and is told who can", async () => {
    const migrating = withGuest(async (connection) => {
      const target = connection.migrationTarget();
      await migrate(target).finally(() => target.close());
    });
    await expect(migrating).rejects.toThrow(/permission denied for schema public\. Migrate as the role that owns/);
  });

  test("is told what is missing after its owner migrated, until it may read and write rows", async () => {
    await migrateTestPostgres(owned);
    expect(await check()).toMatch(
      /^DATABASE_URL: the role guest lacks the right to SELECT on the table _prisma_migrations \(and/,
    );
    await administrate(owned, "GRANT SELECT ON ALL TABLES IN SCHEMA public TO guest");
    expect(await check()).toMatch(
      /^DATABASE_URL: the role guest lacks the right to .*INSERT.* \(and .*GRANT SELECT, INSERT/,
    );
    await administrate(owned, "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO guest");
    expect(await check()).toBeUndefined();
    expect(await withGuest(isMigrated)).toBe(true);
  });

  test("finds its tables in whatever schema its search_path leads to", async () => {
    await administrate(owned, "CREATE SCHEMA guest AUTHORIZATION guest");
    expect(await withGuest(isMigrated)).toBe(false);
    await withGuest(async (connection) => {
      const target = connection.migrationTarget();
      await migrate(target).finally(() => target.close());
      expect(await isMigrated(connection)).toBe(true);
      expect(await requireRights(connection)).toBeUndefined();
      const text = "SELECT DISTINCT schemaname AS schema FROM pg_tables WHERE tableowner = 'guest'";
      expect(await connection.query({ name: "schemas", text }, [])).toEqual([{ schema: "guest" }]);
    });
    await administrate(owned, "ALTER ROLE guest SET search_path = nowhere");
    await expect(openPostgres(url)).rejects.toThrow(/^DATABASE_URL: none of the schemas in the search_path exists/);
  });
});
