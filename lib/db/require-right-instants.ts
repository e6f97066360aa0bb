import { checkInstants } from "#lib/db/check-instants";
import type { Connection } from "#lib/db/connection";

/** The moments in the database are not what they say. The message is for the operator. */
export class InstantsError extends Error {
  override name = "InstantsError";
}

/** Whether this was seen to before. */
export const CHECKED = { name: "instants-checked", text: "SELECT 1 FROM instant_checks" };
const NOTE = { name: "note-right-instants", text: "INSERT INTO instant_checks (id) VALUES (1) ON CONFLICT DO NOTHING" };

/**
 * Makes sure, once for a database, that its moments were not written in the server's own time zone, as earlier versions
 * did. Throws `InstantsError` otherwise: keys would end, and posts go out, hours too early or too late.
 */
export const requireRightInstants = async (connection: Connection): Promise<void> => {
  if ((await connection.query(CHECKED, [])).length > 0) return;
  const zone = await connection.ownTimeZone();
  if ((await checkInstants(connection, zone)) === "right") return noteRightInstants(connection);
  throw new InstantsError(
    `The times in the database at DATABASE_URL are hours off: earlier versions wrote them in the server's time zone (now ${zone}). Stop every instance, make a backup, run npm run db:correct-times -- --dry-run, then npm run db:correct-times, and start again. docs/operators.md says more.`,
  );
};

/** Notes that the moments are what they say. */
export const noteRightInstants = async (connection: Connection): Promise<void> => {
  await connection.write(NOTE, []);
};
