import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FIND_ACCOUNTS, FIND_BUILT_IN_ACCOUNTS } from "#lib/accounts/get-account";
import { listPlannedDays } from "#lib/calendar/list-planned-days";
import { addDays } from "#lib/calendar/zoned-days";
import type { Connection, Statement } from "#lib/db/connection";
import { PrismaClient } from "#lib/db/generated/client";
import { migrate } from "#lib/db/migrate";
import { toLiteral } from "#lib/db/sql-values";
import { listDatabases } from "#lib/db/testing/list-databases";
import { claimManyOf, claimOneOf, renewalOf } from "#lib/due/claim";
import { FIND_IDEMPOTENT } from "#lib/idempotency/find-idempotent";
import { FIND_KEYS, FIND_OWNED_KEYS } from "#lib/keys/verify-secret";
import { MAILS } from "#lib/mail/send-mail";
import { ACCEPT_WITH_KEY, ACCEPT_WITHOUT_KEY } from "#lib/posts/accept-statements";
import { listPosts, type PostSelection } from "#lib/posts/list-posts";
import { POSTS } from "#lib/publishing/due-posts";
import { RECORD_PART, WRITE_BOUNDARY } from "#lib/publishing/part-writes";
import { SETTLE_UNHEARD } from "#lib/publishing/settle-post";
import { readConditions, readScans, SEED } from "#lib/publishing/testing/hot-statements";
import { useDatabase } from "#lib/testing/process-state";
import { DELIVERIES, SETTLE_DELIVERY } from "#lib/webhooks/deliver-webhook";

const ID = randomUUID();
const TODAY = new Date().toISOString().slice(0, 10);
const ACCEPTED = [ID, ID, ID, "[]", ["a"], null, ID, "[]", false, "key", Buffer.from("a"), 10, 0, null];
const HOT: [Statement, unknown[]][] = [
  [FIND_KEYS, [[Buffer.from("a"), Buffer.from("b")]]],
  [FIND_OWNED_KEYS, [[Buffer.from("a"), Buffer.from("b")]]],
  [FIND_ACCOUNTS, [[ID], [ID]]],
  [FIND_BUILT_IN_ACCOUNTS, [[ID]]],
  [FIND_IDEMPOTENT, [ID, "posts", "key"]],
  [ACCEPT_WITH_KEY, [...ACCEPTED, ID, null, null]],
  [ACCEPT_WITHOUT_KEY, [...ACCEPTED, ID, null, null]],
  [claimManyOf(POSTS), [20, 10, [ID]]],
  [claimOneOf(POSTS), [ID]],
  [renewalOf(POSTS), [ID, ID]],
  [WRITE_BOUNDARY, [ID, ID, 0, "identity", "{}"]],
  [RECORD_PART, [ID, ID, 0, "id", "url", "{}"]],
  [SETTLE_UNHEARD, [JSON.stringify([{ id: ID, claimId: ID, status: "published", parts: [] }])]],
  [claimManyOf(DELIVERIES), [20, 10, [ID]]],
  [claimOneOf(DELIVERIES), [ID]],
  [claimManyOf(MAILS), [20, 10, [ID]]],
  [SETTLE_DELIVERY, [JSON.stringify([{ id: ID, claimId: ID, state: "delivered", tries: 1 }])]],
];
const list = (selection: PostSelection) => (organizationId: string) =>
  listPosts(organizationId, selection, { skip: 0, take: 20 });
const plan = (days: string[]) => (organizationId: string) =>
  listPlannedDays(organizationId, { days, timeZone: "Asia/Taipei", shown: 3 });
const LISTS: [string, (organizationId: string) => Promise<unknown>][] = [
  ["all", list({})],
  ["of a state", list({ status: "published" })],
  ["of an account", list({ accountId: ID })],
  ["of a network", list({ network: "sandbox" })],
  ["of a state and an account", list({ status: "failed", accountId: ID })],
];
const CALENDARS: [string, (organizationId: string) => Promise<unknown>][] = [
  ["day", plan([TODAY])],
  ["six weeks", plan(Array.from({ length: 42 }, (_, index) => addDays(TODAY, index - 21)))],
];

const { databases, stop } = listDatabases();
afterAll(stop);

// With a hundred thousand keys and posts, a plan that reads a whole table would be felt by everybody.
describe.each(databases)("with 100,000 keys and posts, %s", (_name, open) => {
  let connection: Connection;
  let target: ReturnType<Connection["migrationTarget"]>;
  let prisma: PrismaClient;
  let asked: { query: string; params: string }[];
  let organizationId: string;

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
    organizationId = (await prisma.organization.findFirstOrThrow({ where: { name: "1" } })).id;
    useDatabase({ prisma, connection });
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

  /** What the reads of posts that were just made filled in, each with its plan. */
  const explainReads = async (read: (organizationId: string) => Promise<unknown>) => {
    asked = [];
    await read(organizationId);
    const reads = asked.filter(({ query }) => /^\s*SELECT/i.test(query) && query.includes("posts"));
    expect(reads.length).toBeGreaterThan(0);
    const plans: { filled: string; explained: unknown }[] = [];
    for (const { query, params } of reads) {
      const given: unknown[] = JSON.parse(params);
      const filled = query.replaceAll(/\$(\d+)/g, (_, number) => toLiteral(given[Number(number) - 1]));
      plans.push({ filled, explained: await target.execute(`EXPLAIN (FORMAT JSON) ${filled}`) });
    }
    return plans;
  };

  test.each(LISTS)("the list of posts, %s, probes indexes", async (_what, read) => {
    for (const { filled, explained } of await explainReads(read)) expect(readScans(explained), filled).toEqual([]);
  });

  test.each(CALENDARS)("the calendar's %s reads no post of another day", async (_what, read) => {
    const plans = await explainReads(read);
    for (const { filled, explained } of plans) expect(readScans(explained), filled).toEqual([]);
    const [days] = plans.filter(({ filled }) => filled.includes("LATERAL"));
    expect(readConditions(days?.explained)).toEqual([
      expect.stringMatching(/organization_id = .*scheduled_at >= .*scheduled_at < /),
    ]);
  });
});
