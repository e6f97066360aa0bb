import "#lib/server/prepare-process";
import { closeDatabase, database } from "#lib/db/database";
import { toStartSentence } from "#lib/server/start-error";

try {
  await database();
  await closeDatabase();
  console.log("The database is up to date.");
} catch (error) {
  console.error(toStartSentence(error));
  process.exitCode = 1;
}
