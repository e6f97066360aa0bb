import type { Connection } from "#lib/db/connection";
import { openPGlite } from "#lib/db/open-pglite";
import { openPostgres } from "#lib/db/open-postgres";
import { findPostgres, type Postgres, startPostgres } from "#lib/testing/postgres/start-postgres";

/** The databases that a test runs on, each with what opens an empty one, and what stops them all. */
type TestDatabases = { databases: [name: string, open: () => Promise<Connection>][]; stop(): void };

/** The embedded database and, where its programs are installed, PostgreSQL. */
export const listDatabases = (): TestDatabases => {
  let postgres: Postgres | undefined;
  const databases: TestDatabases["databases"] = [["embedded", () => openPGlite(undefined)]];
  if (findPostgres()) {
    databases.push([
      "PostgreSQL",
      async () => {
        postgres = await startPostgres();
        return openPostgres(await postgres.createDatabase("tests"));
      },
    ]);
  }
  return { databases, stop: () => postgres?.stop() };
};
