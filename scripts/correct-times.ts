// Corrects, once, the moments that earlier versions wrote to a PostgreSQL server whose time zone is not UTC.
import "#lib/server/prepare-process";
import type { Connection } from "#lib/db/connection";
import { CHECKED, checkInstants, correctInstants, noteRightInstants } from "#lib/db/instants";
import { isMigrated, migrate } from "#lib/db/migrate";
import { openPostgres } from "#lib/db/open-postgres";
import { settings } from "#lib/env";
import { StartError, toStartSentence } from "#lib/server/start-error";

const FIND_ZONE = { name: "find-time-zone", text: "SELECT 1 FROM pg_timezone_names WHERE name = $1" };

type Options = { zone: string | undefined; isDryRun: boolean; keeps: boolean };

try {
  const options = readOptions(process.argv.slice(2));
  const { databaseUrl } = settings();
  if (!databaseUrl)
    throw new StartError("DATABASE_URL is not set. The embedded database always uses UTC and needs no correction.");
  const connection = await openPostgres(databaseUrl);
  await correct(connection, options).finally(() => connection.close());
} catch (error) {
  console.error(toStartSentence(error));
  process.exitCode = 1;
}

async function correct(connection: Connection, { zone: given, isDryRun, keeps }: Options): Promise<void> {
  const target = connection.migrationTarget();
  try {
    if (!(await isMigrated(connection))) await migrate(target);
    if ((await connection.query(CHECKED, [])).length > 0)
      return console.log("The times have already been checked. Nothing was changed.");
    const zone = await findZone(connection, given);
    const verdict = keeps ? "right" : await checkInstants(connection, zone);
    if (verdict === "mixed") {
      throw new StartError(
        `Not all rows were written in ${zone}. Name the right time zone, for example --zone Asia/Taipei, or keep the times as they are with --keep.`,
      );
    }
    if (verdict === "right") {
      if (!isDryRun) await noteRightInstants(connection);
      return console.log("The times are correct. Nothing was changed.");
    }
    const correction = await correctInstants(target, { zone, isDryRun });
    for (const { column, count } of correction) console.log(`${column}: ${count}`);
    console.log(
      isDryRun ? `These times would be moved from ${zone} to UTC. Nothing was changed.` : `Moved from ${zone} to UTC.`,
    );
  } finally {
    await target.close();
  }
}

async function findZone(connection: Connection, given: string | undefined): Promise<string> {
  if (given === undefined) return connection.ownTimeZone();
  if ((await connection.query(FIND_ZONE, [given])).length > 0) return given;
  throw new StartError(`PostgreSQL has no time zone named ${given}. Use a name such as Asia/Taipei.`);
}

function readOptions(given: string[]): Options {
  const options: Options = { zone: undefined, isDryRun: false, keeps: false };
  for (const words = given.flatMap((word) => word.split("=")); words.length > 0; ) {
    const word = words.shift();
    if (word === "--dry-run") options.isDryRun = true;
    else if (word === "--keep") options.keeps = true;
    else if (word === "--zone" && words[0]) options.zone = words.shift();
    else throw new StartError("The options are --dry-run, --zone <name> and --keep.");
  }
  return options;
}
