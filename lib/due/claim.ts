import type { Statement } from "#lib/db/connection";
import { database } from "#lib/db/database";
import { log, toLogFields } from "#lib/log";

/** How long a claim holds without being renewed: so long does a row wait whose process was killed. */
export const LEASE_SECONDS = 30;

/** What a claim's end is reckoned from, in SQL: the database's clock, the one that every process shares. */
export const LEASE_END = `clock_timestamp() + interval '${LEASE_SECONDS} seconds'`;

/**
 * A table whose rows are work: `wake_at` says when somebody has to see to a row, `claim_id` whose it is until then, and
 * `status` what it is. A row without `wake_at` is settled.
 */
export type DueTable = {
  name: "posts" | "webhook_deliveries";
  /** The column of those who share a process fairly: nobody's thousands hold up another's one. */
  lane: "account_id" | "endpoint_id";
  /** What else a claim sets. */
  setting: string;
  /** What else happens with it: further parts of the statement, which see `due` as it was and `claimed` as it is. */
  doing: string;
  /** What else is told of a claimed row. */
  telling: string;
};

// Among so many of those that wait longest everybody's turn is looked for, before it is looked for lane by lane.
const FRONT_ROWS = 256;

/**
 * Claims as many due rows as $1, at most $2 of a lane together with those under way, whose lanes are $3. Those of the
 * longest wait come first, one of each lane before the second of any. A row says how many could have been claimed.
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

/** Claims the row $1 if it is due and nobody else is at it. */
export const claimOneOf = (table: DueTable): Statement => ({
  name: `claim-one-${table.name}`,
  text: `
    WITH due AS MATERIALIZED (
      SELECT id, ${table.lane} AS lane, wake_at FROM ${table.name}
      WHERE id = $1::uuid AND wake_at <= statement_timestamp() FOR UPDATE SKIP LOCKED
    ), ${claiming(table)} ${claims(table)}`,
});

/** Holds the row $1 for longer, if the claim $2 has it still. */
export const renewalOf = ({ name }: DueTable): Statement => ({
  name: `renew-${name}`,
  text: `UPDATE ${name} SET wake_at = ${LEASE_END}
         WHERE id = $1::uuid AND claim_id = $2::uuid AND wake_at > clock_timestamp() RETURNING id`,
});

// Whoever claimed it before and left it is not at work any more.
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

/** A row that this process alone sees to, until its lease ends. */
export type Claim = {
  id: string;
  claimId: string;
  lane: string;
  /** When it was claimed, by the database's clock and by this process's. */
  at: Date;
  ticks: number;
};

/** What time it is by the database's clock, as far as a claim tells. */
export const momentOf = ({ at, ticks }: Claim): Date => new Date(at.getTime() + performance.now() - ticks);

/** How often a claim that is worked on is renewed. */
const RENEWAL_SECONDS = 10;

/** Somebody else has the row now, because this process was silent for too long. Nothing more may be done or written. */
export class ClaimLostError extends Error {
  override name = "ClaimLostError";

  constructor(id: string) {
    super(`The claim on ${id} is lost.`);
  }
}

/** Claims what is due, fairly, and says how many rows were found that others may have taken meanwhile. */
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

/** Claims one row, or undefined when it is not due, settled, or somebody else's. */
export const claimOne = async <Found extends Claim>(table: DueTable, id: string): Promise<Found | undefined> => {
  const { connection } = await database();
  const [row] = await connection.write<Found>(claimOneOf(table), [id]);
  return row && { ...row, ticks: performance.now() };
};

/** Renews a claim for as long as the work takes, and returns what the work came to. */
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
