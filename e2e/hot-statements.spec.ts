import { randomBytes } from "node:crypto";
import { expect, test } from "@playwright/test";
import type { Connection, Statement } from "#lib/db/connection";
import { migrate } from "#lib/db/migrate";
import { openPGlite } from "#lib/db/open-pglite";
import { openPostgres } from "#lib/db/open-postgres";
import { FIND_KEYS, FIND_OWNED_KEYS } from "#lib/keys/verify-secret";
import { findPostgres, startPostgres } from "#lib/testing/postgres/start-postgres";

const KEYS = 100_000;
const SIXTEEN_HASHES = `'{${Array.from({ length: 16 }, () => `"\\\\x${randomBytes(32).toString("hex")}"`).join(",")}}'`;

test.setTimeout(240_000);

type Node = { "Node Type": string; "Index Name"?: string; "Index Cond"?: string; Plans?: Node[] };

const flatten = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(flatten)];

/** The indexes that a plan probes. Throws when it reads a whole table or index, or puts one into a hash. */
const listProbes = (plan: Node): string[] => {
  const nodes = flatten(plan);
  const reading = nodes.filter((node) => /Seq Scan|Hash|Merge|Sort/.test(node["Node Type"]));
  if (reading.length > 0) throw new Error(`It reads everything: ${JSON.stringify(reading)}`);
  const scans = nodes.filter((node) => node["Index Name"]);
  for (const scan of scans) if (!scan["Index Cond"]) throw new Error(`${scan["Index Name"]} is read as a whole`);
  return scans.map((scan) => scan["Index Name"] ?? "").sort();
};

const fill = async (connection: Connection): Promise<void> => {
  const target = connection.migrationTarget();
  await migrate(target);
  await target.execute(`
    INSERT INTO users (id, issuer, subject, email)
    SELECT gen_random_uuid(), 'https://accounts.example.com', n::text, 'ada-' || n || '@example.com'
    FROM generate_series(1, ${KEYS / 10}) AS n`);
  await target.execute(`
    INSERT INTO organizations (id, name) SELECT gen_random_uuid(), subject FROM users`);
  await target.execute(`
    INSERT INTO memberships (organization_id, user_id, role)
    SELECT organizations.id, users.id, 'owner' FROM organizations JOIN users ON subject = organizations.name`);
  await target.execute(`
    INSERT INTO api_keys (id, organization_id, created_by_id, name, hash, preview)
    SELECT gen_random_uuid(), organization_id, user_id, 'Production', sha256((user_id || '/' || n)::bytea), 'boring_abc...'
    FROM memberships, generate_series(1, 10) AS n`);
  await target.close();
};

/** The plan as a server makes it that has run the statement often: one for all values. */
const explain = async (connection: Connection, { text }: Statement): Promise<string[]> => {
  const target = connection.migrationTarget();
  await target.execute("SET plan_cache_mode = force_generic_plan");
  await target.execute(`PREPARE hot AS ${text}`);
  const answer = await target.execute(`EXPLAIN (FORMAT JSON) EXECUTE hot (${SIXTEEN_HASHES})`);
  await target.execute("DEALLOCATE hot");
  await target.close();
  const [result] = [answer].flat() as { rows: { "QUERY PLAN": { Plan: Node }[] }[] }[];
  const [plan] = result?.rows[0]?.["QUERY PLAN"] ?? [];
  if (!plan) throw new Error("there is no plan");
  return listProbes(plan.Plan);
};

const expectProbes = async (connection: Connection): Promise<void> => {
  expect(await explain(connection, FIND_KEYS)).toEqual(["api_keys_hash_key"]);
  expect(await explain(connection, FIND_OWNED_KEYS)).toEqual(["api_keys_hash_key", "users_pkey"]);
};

// With the database's own idea of the tables, and with none, which is how an embedded one begins.
const expectProbesWithAndWithoutStatistics = async (connection: Connection): Promise<void> => {
  try {
    await fill(connection);
    await expectProbes(connection);
    const target = connection.migrationTarget();
    await target.execute("ANALYZE");
    await target.close();
    await expectProbes(connection);
  } finally {
    await connection.close();
  }
};

test("a key among 100,000 is found by probing one index, on the embedded database", async () => {
  await expectProbesWithAndWithoutStatistics(await openPGlite(undefined));
});

test("a key among 100,000 is found by probing one index, on PostgreSQL", async () => {
  test.skip(!findPostgres(), "PostgreSQL is not installed here");
  const postgres = await startPostgres();
  try {
    await expectProbesWithAndWithoutStatistics(await openPostgres(await postgres.createDatabase("plans")));
  } finally {
    await postgres.stop();
  }
});
