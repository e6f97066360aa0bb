import { setClockDifference } from "#lib/clock";
import type { Connection } from "#lib/db/connection";
import { log, toLogFields } from "#lib/log";

const NOW = { name: "now", text: "SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS now" };
// Clocks drift by milliseconds in that time, and what sets one right makes it jump seldom.
const LOOK_SECONDS = 15;
// An answer that took longer says less than what is known already.
const LONGEST_MILLISECONDS = 1000;

/**
 * Finds out what time it is by the database's clock, and keeps it known until it is told to stop. The embedded database
 * has this computer's own.
 */
export const keepTime = async (connection: Connection): Promise<() => void> => {
  setClockDifference(0);
  if (connection.kind === "pglite") return () => {};
  setClockDifference((await measure(connection)).difference);
  const timer = setInterval(() => void follow(connection), LOOK_SECONDS * 1000).unref();
  return () => clearInterval(timer);
};

async function follow(connection: Connection): Promise<void> {
  try {
    const { difference, took } = await measure(connection);
    if (took < LONGEST_MILLISECONDS) setClockDifference(difference);
  } catch (error) {
    log("debug", "The database could not be asked for the time; it will be asked again", toLogFields(error));
  }
}

async function measure(connection: Connection): Promise<{ difference: number; took: number }> {
  const before = Date.now();
  const [row] = await connection.query<{ now: number }>(NOW, []);
  const after = Date.now();
  return { difference: (row?.now ?? after) - (before + after) / 2, took: after - before };
}
