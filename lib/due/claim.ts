import type { Statement } from "#lib/db/connection";
import { database } from "#lib/db/database";
import { log, toLogFields } from "#lib/log";

/** The lease: how long a claim holds without renewal. If its process is killed, a row waits at most this long. */
export const LEASE_SECONDS = 30;

/** The end of a new lease, in SQL. It uses the database's clock because all processes share that clock. */
export const LEASE_END = `clock_timestamp() + interval '${LEASE_SECONDS} seconds'`;

/**
 * A table whose rows are units of work. `wake_at` says when a row is due, `claim_id` names the claim that holds it until
 * then. A row without `wake_at` is settled.
 */
export type DueTable = {
  name: "posts" | "webhook_deliveries" | "mails";
  /** The column that fairness is based on: a lane with thousands of rows does not hold up a lane with one. */
  lane: "account_id" | "endpoint_id" | "lane";
  /** Further columns that a claim sets. */
  setting: string;
  /** Further CTEs for the statement. They see `due` as it was before the claim and `claimed` as it is after it. */
  doing: string;
  /** Further columns to return for a claimed row. */
  telling: string;
};

// The fair order is first computed among this many of the longest-waiting rows. Only if that is not enough does the
// statement search each lane.
const FRONT_ROWS = 256;

/**
 * Claims up to $1 due rows, and at most $2 per lane, counting the work under way whose lanes are $3. The first row of each
 * lane comes before the second of any; ties go to the longest wait. Each result row says how many rows were found.
 */
export const claimManyOf = (table: DueTable): Statement => ({
  name: `claim-due-${table.name}`,
  text: `
    WITH RECURSIVE under_way AS (
      SELECT lane, count(*) AS rows FROM unnest($3::uuid[]) AS lane GROUP BY lane
    ), front AS MATERIALIZED (
      SELECT id, ${table.lane} AS lane, wake_at FROM ${table.name}
      WHERE wake_at <= statement_timestamp() ORDER BY wake_at LIMIT ${FRONT_ROWS}
    ), placed AS MATERIALIZED (
      SELECT id, wake_at, coalesce(rows, 0) + row_number() OVER (PARTITION BY front.lane ORDER BY wake_at) AS place
      FROM front LEFT JOIN under_way ON under_way.lane = front.lane
    ), lanes AS (
      (SELECT ${table.lane} AS lane FROM ${table.name}
       WHERE wake_at IS NOT NULL AND (SELECT count(*) FROM front) = ${FRONT_ROWS}
         AND (SELECT count(*) FROM placed WHERE place <= $2::int) < $1::int
       ORDER BY ${table.lane} LIMIT 1)
      UNION ALL
      SELECT (SELECT ${table.lane} FROM ${table.name}
              WHERE wake_at IS NOT NULL AND ${table.lane} > lanes.lane ORDER BY ${table.lane} LIMIT 1)
      FROM lanes WHERE lanes.lane IS NOT NULL
    ), behind AS (
      SELECT first.id, first.wake_at, coalesce(rows, 0) + first.place AS place
      FROM lanes LEFT JOIN under_way ON under_way.lane = lanes.lane CROSS JOIN LATERAL (
        SELECT id, wake_at, row_number() OVER (ORDER BY wake_at) AS place FROM ${table.name}
        WHERE ${table.lane} = lanes.lane AND wake_at <= statement_timestamp() ORDER BY wake_at LIMIT $2::int
      ) AS first
    ), chosen AS MATERIALIZED (
      SELECT id FROM (SELECT * FROM placed UNION SELECT * FROM behind) AS everybody
      WHERE place <= $2::int ORDER BY place, wake_at LIMIT $1::int
    ), due AS MATERIALIZED (
      SELECT id, ${table.lane} AS lane, wake_at FROM ${table.name}
      WHERE id = ANY(ARRAY(SELECT id FROM chosen)) AND wake_at <= statement_timestamp() FOR UPDATE SKIP LOCKED
    ), ${claiming(table)}
    SELECT chosen.rows AS "foundRows", claims.* FROM (SELECT count(*)::int AS rows FROM chosen) AS chosen
    LEFT JOIN (${claims(table)}) AS claims ON true`,
});

/** Claims the row $1 if it is due and nobody else holds it. */
export const claimOneOf = (table: DueTable): Statement => ({
  name: `claim-one-${table.name}`,
  text: `
    WITH due AS MATERIALIZED (
      SELECT id, ${table.lane} AS lane, wake_at FROM ${table.name}
      WHERE id = $1::uuid AND wake_at <= statement_timestamp() FOR UPDATE SKIP LOCKED
    ), ${claiming(table)} ${claims(table)}`,
});

/** Extends the lease on row $1 if the claim $2 still holds it. */
export const renewalOf = ({ name }: DueTable): Statement => ({
  name: `renew-${name}`,
  text: `UPDATE ${name} SET wake_at = ${LEASE_END}
         WHERE id = $1::uuid AND claim_id = $2::uuid AND wake_at > clock_timestamp() RETURNING id`,
});

// The lease of any earlier claim has expired, so it may be overwritten.
function claiming({ name, setting, doing }: DueTable): string {
  return `claimed AS (
      UPDATE ${name} SET claim_id = gen_random_uuid(), wake_at = ${LEASE_END}${setting && `, ${setting}`}
      FROM due WHERE ${name}.id = due.id RETURNING ${name}.*
    )${doing && `, ${doing}`}`;
}

function claims({ telling }: DueTable): string {
  return `SELECT due.id, claim_id AS "claimId", due.lane, clock_timestamp() AS at${telling && `, ${telling}`}
          FROM due JOIN claimed ON claimed.id = due.id`;
}

/** A row that only this process works on until the lease ends. */
export type Claim = {
  id: string;
  claimId: string;
  lane: string;
  /** The time of the claim: `at` by the database's clock, `ticks` by `performance.now()`. */
  at: Date;
  ticks: number;
};

/** The current time by the database's clock, estimated from a claim. */
export const momentOf = ({ at, ticks }: Claim): Date => new Date(at.getTime() + performance.now() - ticks);

/** The rows that their claims still hold, by id, each with its claim. */
export const joinClaims = <Found extends Claim, Row extends { id: string; claimId: string | null }>(
  claims: Found[],
  rows: Row[],
): Map<string, Row & { claimId: string; claim: Found }> => {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return new Map(
    claims.flatMap((claim) => {
      const row = byId.get(claim.id);
      return row?.claimId === claim.claimId ? [[claim.id, { ...row, claimId: claim.claimId, claim }] as const] : [];
    }),
  );
};

/** How often a claim is renewed while work on it continues. */
const RENEWAL_SECONDS = 10;

/** Another process may hold the row now, because this process did not renew its claim. Stop: do and write nothing more. */
export class ClaimLostError extends Error {
  override name = "ClaimLostError";

  constructor(id: string) {
    super(`The claim on ${id} is lost.`);
  }
}

/** Claims due rows fairly. `foundRows` is how many the query found; other processes may have claimed some of them first. */
export const claimMany = async <Found extends Claim>(
  table: DueTable,
  { limit, perLane, lanesUnderWay }: { limit: number; perLane: number; lanesUnderWay: string[] },
): Promise<{ claims: Found[]; foundRows: number }> => {
  const { connection } = await database();
  const rows = await connection.write<Found & { foundRows: number }>(claimManyOf(table), [
    limit,
    perLane,
    lanesUnderWay,
  ]);
  const ticks = performance.now();
  const claims = rows.filter(({ id }) => id !== null).map((row) => ({ ...row, ticks }));
  return { claims, foundRows: rows[0]?.foundRows ?? 0 };
};

/** Claims one row. Returns undefined when the row is not due, is settled, or is held by another claim. */
export const claimOne = async <Found extends Claim>(table: DueTable, id: string): Promise<Found | undefined> => {
  const { connection } = await database();
  const [row] = await connection.write<Found>(claimOneOf(table), [id]);
  return row && { ...row, ticks: performance.now() };
};

/** Renews a claim for as long as the work takes, and returns the result of the work. */
export const withRenewedClaim = async <Result>(
  table: DueTable,
  claim: Pick<Claim, "id" | "claimId">,
  work: () => Promise<Result>,
): Promise<Result> => {
  const renewal = setInterval(() => void renew(table, claim), RENEWAL_SECONDS * 1000);
  try {
    return await work();
  } finally {
    clearInterval(renewal);
  }
};

async function renew(table: DueTable, { id, claimId }: Pick<Claim, "id" | "claimId">): Promise<void> {
  try {
    const { connection } = await database();
    await connection.write(renewalOf(table), [id, claimId]);
  } catch (error) {
    log("warn", "A claim could not be renewed; another process may take over", toLogFields(error));
  }
}
