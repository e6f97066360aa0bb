import { mkdtempSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Postgres } from "#lib/testing/postgres/start-postgres";
import type { Workshop } from "./workshop.ts";

/** A filled database. */
export type Store = {
  database: "embedded" | "PostgreSQL";
  keys: number;
  /** The settings with which a server uses it. */
  env: Record<string, string>;
  /** Some of its keys, for the load. */
  secrets: string[];
};

// The same number in every database, so that only the size of the table differs.
const PRESENTED = 100;

/**
 * Creates a database with the given number of keys, at least 100, and due posts: an embedded one, or one on the given
 * server.
 */
export const seed = async (
  workshop: Workshop,
  keys: number,
  postgres: Postgres | undefined,
  { queuedPosts = 0, root }: { queuedPosts?: number; root?: string | undefined } = {},
): Promise<Store> => {
  const folder = mkdtempSync(path.join(workshop.folder, "store-"));
  const env = {
    DATA_DIR: path.join(folder, "data"),
    ...(postgres && { DATABASE_URL: await postgres.createDatabase(path.basename(folder)) }),
  };
  const file = path.join(folder, "presented.json");
  const args = [String(keys), String(PRESENTED), String(queuedPosts), file];
  const helper = workshop.run("scripts/bench/programs/seed.ts", { args, env, root });
  await helper.ended;
  if (helper.process.exitCode !== 0) throw new Error(`A database could not be filled:\n${helper.lastWords()}`);
  return { database: postgres ? "PostgreSQL" : "embedded", keys, env, secrets: JSON.parse(readFileSync(file, "utf8")) };
};
