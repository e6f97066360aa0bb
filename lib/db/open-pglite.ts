import path from "node:path";
import { setFlagsFromString } from "node:v8";
import { PGlite } from "@electric-sql/pglite";
import { PrismaPGlite } from "pglite-prisma-adapter";
import type { Connection, Statement } from "#lib/db/connection";
import { lockDataDir } from "#lib/db/lock-data-dir";
import { toLiteral } from "#lib/db/sql-values";

/**
 * Opens the embedded database in `dataDir`, or an in-memory one without `dataDir`. Throws `DataDirError` when another
 * process has it open.
 */
export const openPGlite = async (dataDir: string | undefined): Promise<Connection> => {
  // V8 would recompile the database's hot functions in the background, with a peak of half a gigabyte, and keep a hundred
  // megabytes of it. These queries are as fast without that.
  setFlagsFromString("--no-wasm-tier-up");
  setFlagsFromString("--no-wasm-dynamic-tiering");
  const lock = dataDir === undefined ? undefined : await lockDataDir(dataDir);
  const db = await PGlite.create(dataDir === undefined ? "memory://" : path.join(dataDir, "pglite")).catch((error) => {
    lock?.release();
    throw error;
  });
  const adapterFactory = new PrismaPGlite(db);
  const query = prepareOnce(db);
  return {
    kind: "pglite",
    adapterFactory,
    query,
    write: query,
    ownTimeZone: async () => "UTC",
    migrationTarget: () => ({
      execute: (sql) => db.exec(sql),
      close: async () => {},
    }),
    close: async () => {
      await db.close();
      lock?.release();
    },
  };
};

// This database does not notice that a table has grown, so plans are discarded from time to time.
const QUERIES_A_PLAN = 1000;

// PGlite's own `query` parses and plans at every call, which takes longer than the lookup of a few keys.
function prepareOnce(db: PGlite): Connection["query"] {
  const prepared = new Map<string, Promise<unknown>>();
  let queries = 0;
  const prepare = ({ name, text }: Statement) => {
    const preparing = prepared.get(name) ?? db.exec(`PREPARE "${name}" AS ${text}`);
    prepared.set(name, preparing);
    // Tried again by the next caller.
    preparing.catch(() => prepared.delete(name));
    return preparing;
  };
  return async <Row>(statement: Statement, values: unknown[]) => {
    await prepare(statement);
    if (++queries % QUERIES_A_PLAN === 0) await db.exec("DISCARD PLANS");
    const parameters = values.length === 0 ? "" : `(${values.map(toLiteral).join(", ")})`;
    const [result] = await db.exec(`EXECUTE "${statement.name}"${parameters}`);
    return (result?.rows ?? []) as Row[];
  };
}
