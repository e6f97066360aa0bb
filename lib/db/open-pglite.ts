import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { PrismaPGlite } from "pglite-prisma-adapter";
import type { Connection } from "#lib/db/connection";
import { lockDataDir } from "#lib/db/lock-data-dir";

/**
 * Opens the embedded database in `dataDir`, or one in memory when there is none.
 * Throws `DataDirError` when another process has it open.
 */
export const openPGlite = async (dataDir: string | undefined, holder: string): Promise<Connection> => {
  const lock = dataDir === undefined ? undefined : await lockDataDir(dataDir, holder);
  const db = await PGlite.create(dataDir === undefined ? "memory://" : path.join(dataDir, "pglite")).catch((error) => {
    lock?.release();
    throw error;
  });
  const adapterFactory = new PrismaPGlite(db);
  return {
    kind: "pglite",
    adapterFactory,
    query: async (statement, values) => (await db.query(statement.text, values)).rows as never,
    migrationTarget: () => ({
      execute: (sql) => db.exec(sql),
      adapterFactory,
      close: async () => {},
    }),
    close: async () => {
      await db.close();
      lock?.release();
    },
  };
};
