// What every process of this program does before it reads a setting or connects to anything: its first import.
import { setDefaultAutoSelectFamilyAttemptTimeout } from "node:net";
import { loadEnvFile } from "#lib/server/load-env-file";
import { toStartSentence } from "#lib/server/start-error";

// A name may have addresses of both families. Node gives each a quarter of a second and never comes back to it, so that
// a server further away than that is not reached at all where the other family leads nowhere.
const ATTEMPT_MILLISECONDS = 3000;

setDefaultAutoSelectFamilyAttemptTimeout(ATTEMPT_MILLISECONDS);

// Whoever reads what this process says may end before it does; without listeners that would end this process as well.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

try {
  const told = loadEnvFile(process.env.ENV_FILE);
  if (told) process.stderr.write(`${told}\n`);
} catch (error) {
  process.stderr.write(`${toStartSentence(error)}\n`);
  process.exit(1);
}
