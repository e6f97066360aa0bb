import { setClockDifference } from "#lib/clock";
import type { Connection } from "#lib/db/connection";
import { log, toLogFields } from "#lib/log";

const NOW = { name: "now", text: "SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS now" };
// Clocks drift by only milliseconds in that time, and clock corrections seldom jump.
const LOOK_SECONDS = 15;
// A slower answer is less precise than the known difference.
const LONGEST_MILLISECONDS = 1000;

/**
 * Measures the difference to the database's clock, and repeats that until the returned function is called. The embedded
 * database uses this computer's clock.
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
    log("debug", "The database's time could not be read; the server will try again", toLogFields(error));
  }
}

async function measure(connection: Connection): Promise<{ difference: number; took: number }> {
  const before = Date.now();
  const [row] = await connection.query<{ now: number }>(NOW, []);
  const after = Date.now();
  return { difference: (row?.now ?? after) - (before + after) / 2, took: after - before };
}
