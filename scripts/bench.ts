import { once } from "node:events";
import { parseArgs } from "node:util";
import { findPostgres, type Postgres, startPostgres } from "#lib/testing/postgres/start-postgres";
import { buildBareNext, removeBareNext } from "./bench/build-bare-next.ts";
import { compareBuilds } from "./bench/compare-builds.ts";
import { lineUp, type Stores } from "./bench/line-up.ts";
import { measureRest } from "./bench/measure-rest.ts";
import { openGenerator } from "./bench/open-generator.ts";
import { runRounds } from "./bench/run-rounds.ts";
import { seed } from "./bench/seed.ts";
import { weighSettings } from "./bench/weigh-settings.ts";
import { openWorkshop, type Workshop } from "./bench/workshop.ts";
import { contestantsOf, type Resting, writeReport } from "./bench/write-report.ts";
import { buildWhenNeeded, generateWhenNeeded } from "./prepare.mjs";

const { quick, against } = parseArgs({
  options: { quick: { type: "boolean", default: false }, against: { type: "string" } },
}).values;
const SIZE = quick
  ? { fewKeys: 100, manyKeys: 20_000, rounds: 5, seconds: 1, starts: 3 }
  : { fewKeys: 100, manyKeys: 1_000_000, rounds: 25, seconds: 1, starts: 5 };

const QUEUED_POSTS = 10_000;

generateWhenNeeded();
buildWhenNeeded();
if (against === undefined) {
  console.error("Building a bare Next application to compare with …");
  buildBareNext();
}
if (!findPostgres()) console.error("PostgreSQL is not installed here: only the embedded database is measured.");
// In UTC, unlike in the tests, because earlier builds do not work in other zones.
const ORDINARY = { timezone: "UTC", datestyle: "ISO, MDY" };
const postgres = findPostgres() ? await startPostgres({ isDurable: true, settings: ORDINARY }) : undefined;
const workshop = openWorkshop();
try {
  // After an interruption the bench still has to stop servers and remove folders.
  const interruption = Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]).then(() => {
    process.exitCode = 130;
  });
  const benching =
    against === undefined
      ? bench(workshop, postgres)
      : compareBuilds(workshop, postgres, { against, isQuick: quick }).then((report) => console.log(report));
  await Promise.race([benching, interruption]);
} finally {
  await workshop.close();
  await postgres?.stop();
  removeBareNext();
}

async function bench(workshop: Workshop, postgres: Postgres | undefined): Promise<void> {
  console.error(`Filling databases with ${SIZE.manyKeys.toLocaleString("en")} keys …`);
  const kinds = await Promise.all([undefined, ...(postgres ? [postgres] : [])].map((server) => fill(workshop, server)));
  console.error("Starting and stopping the server …");
  const resting = await rest(workshop, kinds);
  const variants = {
    quiet: await seed(workshop, SIZE.fewKeys, postgres),
    unnoted: await seed(workshop, SIZE.fewKeys, postgres),
  };
  const all = await lineUp(workshop, kinds, variants);
  const results = await runRounds(contestantsOf(all), openGenerator(workshop), SIZE);
  console.log(writeReport(all, results, resting));
}

async function rest(workshop: Workshop, kinds: Stores[]): Promise<Resting> {
  const servers: Resting["servers"] = [];
  for (const { few } of kinds) {
    servers.push({ database: few.database, rest: await measureRest(workshop, few, SIZE.starts) });
  }
  const settings = await weighSettings(workshop).catch((error: Error) => error);
  return { servers, settings };
}

async function fill(workshop: Workshop, postgres: Postgres | undefined): Promise<Stores> {
  const few = await seed(workshop, SIZE.fewKeys, postgres);
  const posted = await seed(workshop, SIZE.fewKeys, postgres);
  const queued = await seed(workshop, SIZE.fewKeys, postgres, { queuedPosts: QUEUED_POSTS });
  return { few, posted, queued, many: await seed(workshop, SIZE.manyKeys, postgres) };
}
