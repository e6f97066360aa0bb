import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FIND_ACCOUNTS, FIND_BUILT_IN_ACCOUNTS } from "#lib/accounts/get-account";
import type { Connection, Statement } from "#lib/db/connection";
import { PrismaClient } from "#lib/db/generated/client";
import { migrate } from "#lib/db/migrate";
import { openPGlite } from "#lib/db/open-pglite";
import { openPostgres } from "#lib/db/open-postgres";
import { toLiteral } from "#lib/db/sql-values";
import { claimManyOf, claimOneOf, renewalOf } from "#lib/due/claim";
import { FIND_IDEMPOTENT } from "#lib/idempotency/find-idempotent";
import { FIND_KEYS } from "#lib/keys/verify-secret";
import { ACCEPT_WITH_KEY, ACCEPT_WITHOUT_KEY } from "#lib/posts/accept-post";
import { listPosts, type PostSelection } from "#lib/posts/list-posts";
import { POSTS } from "#lib/publishing/due-posts";
import { RECORD_PART, WRITE_BOUNDARY } from "#lib/publishing/part-writes";
import { SETTLE_UNHEARD } from "#lib/publishing/settle-post";
import { DELIVERIES, SETTLE_DELIVERY } from "#lib/webhooks/deliver-webhook";
import { findPostgres, type Postgres, startPostgres } from "../../e2e/start-postgres.ts";
import { readScans, SEED } from "./testing/hot-statements.ts";

const ID = randomUUID();
const ACCEPTED = [ID, ID, ID, "[]", ["a"], null, ID, "[]", false, "key", Buffer.from("a"), 10, 0, null];
const HOT: [Statement, unknown[]][] = [
  [FIND_KEYS, [[Buffer.from("a"), Buffer.from("b")]]],
  [FIND_ACCOUNTS, [[ID], [ID]]],
  [FIND_BUILT_IN_ACCOUNTS, [[ID]]],
  [FIND_IDEMPOTENT, [ID, "posts", "key"]],
  [ACCEPT_WITH_KEY, [...ACCEPTED, ID]],
  [ACCEPT_WITHOUT_KEY, ACCEPTED],
  [claimManyOf(POSTS), [20, 10, [ID]]],
  [claimOneOf(POSTS), [ID]],
  [renewalOf(POSTS), [ID, ID]],
  [WRITE_BOUNDARY, [ID, ID, 0, "identity"]],
  [RECORD_PART, [ID, ID, 0, "id", "url", "{}"]],
  [SETTLE_UNHEARD, [JSON.stringify([{ id: ID, claimId: ID, status: "published", parts: [] }])]],
  [claimManyOf(DELIVERIES), [20, 10, [ID]]],
  [claimOneOf(DELIVERIES), [ID]],
  [SETTLE_DELIVERY, [JSON.stringify([{ id: ID, claimId: ID, state: "delivered", tries: 1 }])]],
];
const LISTS: [string, PostSelection][] = [
  ["all", {}],
  ["of a state", { status: "published" }],
  ["of an account", { accountId: ID }],
  ["of a network", { network: "sandbox" }],
  ["of a state and an account", { status: "failed", accountId: ID }],
];

let postgres: Postgres | undefined;
afterAll(() => postgres?.stop());

const DATABASES: [string, () => Promise<Connection>][] = [["embedded", () => openPGlite(undefined)]];
if (findPostgres()) {
  DATABASES.push([
    "PostgreSQL",
    async () => {
      postgres = await startPostgres();
      return openPostgres(await postgres.createDatabase("plans"));
    },
  ]);
}

// With a hundred thousand keys and posts, a plan that reads a whole table would be felt by everybody.
describe.each(DATABASES)("with 100,000 keys and posts, %s", (_name, open) => {
  let connection: Connection;
  let target: ReturnType<Connection["migrationTarget"]>;
  let prisma: PrismaClient;
  let asked: { query: string; params: string }[];
  let userId: string;

  beforeAll(async () => {
    connection = await open();
    target = connection.migrationTarget();
    await migrate(target);
    for (const statement of SEED) await target.execute(statement);
    // Nothing does this in the embedded database, whose plans are made by guess.
    if (connection.kind === "postgresql") await target.execute("VACUUM ANALYZE");
    const logging = new PrismaClient({
      adapter: connection.adapterFactory,
      log: [{ emit: "event", level: "query" }],
    });
    logging.$on("query", (event) => asked.push(event));
    asked = [];
    prisma = logging;
    userId = (await prisma.user.findFirstOrThrow({ where: { subject: "1" } })).id;
    Object.assign(globalThis, { boringDatabase: Promise.resolve({ prisma, connection, dataDir: undefined }) });
  }, 480_000);
  afterAll(async () => {
    await prisma.$disconnect();
    await target.close();
    await connection.close();
  });

  test.each(HOT)("$name probes indexes", async ({ name, text }, values) => {
    await target.execute(`SET plan_cache_mode = force_generic_plan`);
    await target.execute(`PREPARE "hot-${name}" AS ${text}`);
    const plan = await target.execute(
      `EXPLAIN (FORMAT JSON) EXECUTE "hot-${name}"(${values.map(toLiteral).join(", ")})`,
    );
    expect(readScans(plan)).toEqual([]);
  });

  test.each(LISTS)("the list of posts, %s, probes indexes", async (_what, selection) => {
    asked = [];
    await listPosts(userId, selection, { skip: 0, take: 20 });
    const reads = asked.filter(({ query }) => /^\s*SELECT/i.test(query) && query.includes("posts"));
    expect(reads.length).toBeGreaterThan(0);
    for (const { query, params } of reads) {
      const given: unknown[] = JSON.parse(params);
      const filled = query.replaceAll(/\$(\d+)/g, (_, number) => toLiteral(given[Number(number) - 1]));
      expect(readScans(await target.execute(`EXPLAIN (FORMAT JSON) ${filled}`)), filled).toEqual([]);
    }
  });
});
