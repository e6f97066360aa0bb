import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Connection } from "#lib/db/connection";
import { migrate } from "#lib/db/migrate";
import { openPGlite } from "#lib/db/open-pglite";
import { openPostgres } from "#lib/db/open-postgres";
import { createSecret, hashSecret } from "#lib/keys/create-secret";
import { FIND_KEYS, verifySecret } from "#lib/keys/verify-secret";
import { findPostgres, type Postgres, startPostgres } from "#lib/testing/postgres/start-postgres";
import { useDatabase } from "#lib/testing/process-state";

// The embedded database is too slow to be filled with as many, and its planner is the same.
const DATABASES: [string, number, () => Promise<Connection>][] = [
  ["the embedded database", 10_000, () => openPGlite(undefined)],
];

let postgres: Postgres | undefined;
afterAll(() => postgres?.stop());

if (findPostgres()) {
  DATABASES.push([
    "PostgreSQL",
    100_000,
    async () => {
      postgres = await startPostgres();
      return openPostgres(await postgres.createDatabase("verification"));
    },
  ]);
}

type Node = {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "Index Cond"?: string;
  Plans?: Node[];
};
const flatten = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(flatten)];

describe.each(DATABASES)("verifying a key on %s", (_, many, open) => {
  const secret = createSecret();
  let connection: Connection;
  beforeAll(async () => {
    connection = await open();
    const target = connection.migrationTarget();
    await migrate(target);
    await target.close();
  });
  afterAll(() => connection.close());

  /** A user, their organization and a key for each number of a range; the first has the secret. */
  const fill = async (from: number, to: number) => {
    const target = connection.migrationTarget();
    const id = (kind: number) => `('00000000-0000-4000-800${kind}-' || lpad(to_hex(n), 12, '0'))::uuid`;
    const range = `generate_series(${from}, ${to}) n`;
    const hash = `CASE n WHEN 1 THEN '\\x${Buffer.from(hashSecret(secret)).toString("hex")}'::bytea ELSE sha256(n::text::bytea) END`;
    for (const statement of [
      // All that is inserted fits together, so that no row needs to be checked against the others.
      "SET session_replication_role = replica",
      `INSERT INTO users (id, issuer, subject, email) SELECT ${id(1)}, 'tests', n::text, n || '@example.com' FROM ${range}`,
      `INSERT INTO organizations (id, name) SELECT ${id(2)}, 'Team' FROM ${range}`,
      `INSERT INTO memberships (organization_id, user_id, role) SELECT ${id(2)}, ${id(1)}, 'owner' FROM ${range}`,
      `INSERT INTO api_keys (id, organization_id, created_by_id, name, hash, preview)
       SELECT ${id(3)}, ${id(2)}, ${id(1)}, 'Key', ${hash}, 'boring_abc...' FROM ${range}`,
      "SET session_replication_role = origin",
      "ANALYZE",
    ]) {
      await target.execute(statement);
    }
    await target.close();
  };

  const explain = async (): Promise<Node[]> => {
    const target = connection.migrationTarget();
    await target.execute("SET plan_cache_mode = force_generic_plan");
    // With one row PostgreSQL would rather read the table; what matters is that nothing else is read.
    await target.execute("SET enable_seqscan = off");
    await target.execute(`PREPARE verification AS ${FIND_KEYS.text}`);
    const answer = await target.execute(`EXPLAIN (FORMAT JSON) EXECUTE verification ('{"\\\\x00"}')`);
    await target.execute("DEALLOCATE verification");
    await target.close();
    const [result] = [answer].flat() as { rows: { "QUERY PLAN": string | { Plan: Node }[] }[] }[];
    const shown = result?.rows[0]?.["QUERY PLAN"];
    const [plan] = (typeof shown === "string" ? JSON.parse(shown) : shown) as { Plan: Node }[];
    return plan ? flatten(plan.Plan) : [];
  };

  const expectOneStatementAndOneProbe = async () => {
    const statements: string[] = [];
    const query: Connection["query"] = (statement, values) => {
      statements.push(statement.text);
      return connection.query(statement, values);
    };
    useDatabase({ connection: { ...connection, query } });
    await verifySecret(secret);
    expect(statements).toEqual([FIND_KEYS.text]);
    const nodes = await explain();
    expect(nodes.map((node) => node["Relation Name"] ?? "api_keys")).toEqual(nodes.map(() => "api_keys"));
    expect(nodes.filter((node) => node["Index Name"])).toMatchObject([
      { "Index Name": "api_keys_hash_key", "Index Cond": expect.stringContaining("hash") },
    ]);
    expect(nodes.map((node) => node["Node Type"])).not.toContain("Seq Scan");
  };

  test(`is one statement with one index probe, with one organization and with ${many}`, async () => {
    await fill(1, 1);
    await expectOneStatementAndOneProbe();
    await fill(2, many);
    await expectOneStatementAndOneProbe();
  });
});
