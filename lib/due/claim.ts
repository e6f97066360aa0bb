import { database } from "#lib/db/database";
import { claimManyOf, claimOneOf, type DueTable, renewalOf } from "#lib/due/due-table";
import { log, toLogFields } from "#lib/log";

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
