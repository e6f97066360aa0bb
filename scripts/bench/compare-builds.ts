import { mkdtempSync } from "node:fs";
import path from "node:path";
import type { Postgres } from "#lib/testing/postgres/start-postgres";
import { ROOT } from "../prepare.mjs";
import { type Build, buildCommit } from "./build-commit.ts";
import type { PutLoad } from "./load.ts";
import { measureRest, type Rest } from "./measure-rest.ts";
import { openGenerator } from "./open-generator.ts";
import { type Contestant, runRounds } from "./run-rounds.ts";
import { seed } from "./seed.ts";
import { type BenchServer, startServer } from "./start-server.ts";
import { weighSettings } from "./weigh-settings.ts";
import { workOffDeliveries, workOffPosts } from "./work-off.ts";
import type { Workshop } from "./workshop.ts";
import { type Compared, writeComparison } from "./write-comparison.ts";

const QUICK = { rounds: 5, seconds: 2, starts: 3, repeats: 1, posts: 1000, deliveries: 1000, due: 10_000 };
const FULL = { rounds: 15, seconds: 2, starts: 5, repeats: 3, posts: 10_000, deliveries: 1000, due: 10_000 };
const BODY = JSON.stringify({ post: { content: { text: "Hello from the bench" } } });
const ENV = { GOOGLE_CLIENT_ID: "bench", GOOGLE_CLIENT_SECRET: "bench", RATE_LIMIT_PER_MINUTE: "1000000" };
const WARM_UP_SECONDS = 2;
const DUE_SECONDS = 4;

type Place = { workshop: Workshop; build: Build; postgres: Postgres | undefined };

/**
 * Measures this build and an earlier commit's side by side, alternating within the same rounds. Returns a table of both
 * results and their ratio.
 */
export const compareBuilds = async (
  workshop: Workshop,
  postgres: Postgres | undefined,
  { against, isQuick }: { against: string; isQuick: boolean },
): Promise<string> => {
  const size = isQuick ? QUICK : FULL;
  console.error(`Building ${against} …`);
  const builds: [Build, Build] = [{ name: "this build", root: ROOT }, buildCommit(workshop, against)];
  const putLoad = openGenerator(workshop);
  const compared: Compared[] = [];
  for (const server of postgres ? [postgres, undefined] : [undefined]) {
    const places = builds.map((build) => ({ workshop, build, postgres: server })) as [Place, Place];
    const database = server ? "PostgreSQL" : "embedded";
    console.error(`Measuring on ${database} …`);
    const resting = await inTurn(places, size.repeats, (place) => rest(place, size.starts));
    const contestants = [await lineUp(places[0]), await lineUp(places[1])] as const;
    const all = contestants.flat();
    const results = await runRounds(all, putLoad, size);
    const peaks = contestants.map((own) => Math.max(...own.map(({ server }) => server.peakMemory())));
    await Promise.all(all.map(({ server }) => server.stop()));
    const posts = await inTurn(places, size.repeats, (place) => workOffPosts(place, size.posts));
    const deliveries = await inTurn(places, size.repeats, (place) => workOffDeliveries(place, size.deliveries));
    const due = await inTurn(places, size.repeats, (place) => loadWhileDue(place, putLoad, size.due));
    console.error(JSON.stringify({ database, posts, deliveries, due }));
    compared.push({ database, contestants, results, resting, peaks, posts, deliveries, due, size });
  }
  const weights = [await weighSettings(workshop, builds[0].root), await weighSettings(workshop, builds[1].root)];
  return writeComparison(builds[1].name, compared, weights);
};

/** Measures both repeatedly, and changes which one goes first each time. */
async function inTurn<Value>(
  places: [Place, Place],
  repeats: number,
  measure: (place: Place) => Promise<Value>,
): Promise<[Value[], Value[]]> {
  const values: [Value[], Value[]] = [[], []];
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (const index of repeat % 2 ? ([1, 0] as const) : ([0, 1] as const)) {
      values[index].push(await measure(places[index]));
    }
  }
  return values;
}

/** The contestants of one build: a server that is only read from, and one that receives posts. */
async function lineUp(place: Place): Promise<Contestant[]> {
  const [me, posts] = [await start(place), await start(place)];
  return [
    { name: "`GET /v2/me`", ...me, load: { url: `${me.server.url}/v2/me`, method: "GET", secrets: me.store.secrets } },
    {
      name: "`POST /v2/posts`, sandbox",
      ...posts,
      load: { url: `${posts.server.url}/v2/posts`, method: "POST", body: BODY, secrets: posts.store.secrets },
    },
  ];
}

async function start(
  place: Place,
  queuedPosts = 0,
): Promise<{ server: BenchServer; store: Contestant["store"] & object }> {
  const { workshop, build, postgres } = place;
  const store = await seed(workshop, 100, postgres, { queuedPosts, root: build.root });
  const [secret] = store.secrets;
  const env = { ...ENV, ...store.env };
  return { store, server: await startServer(workshop, { root: build.root, env, path: "/v2/me", secret }) };
}

/** The first start creates everything; later starts find it. */
async function rest({ workshop, build, postgres }: Place, starts: number): Promise<{ first: Rest; later: Rest }> {
  const folder = mkdtempSync(path.join(workshop.folder, "rest-"));
  const env = {
    ...ENV,
    DATA_DIR: path.join(folder, "data"),
    ...(postgres && { DATABASE_URL: await postgres.createDatabase(path.basename(folder)) }),
  };
  const first = await measureRest(workshop, { env, secrets: [] }, 1, build.root);
  const store = await seed(workshop, 100, postgres, { root: build.root });
  const later = await measureRest(workshop, { ...store, env: { ...ENV, ...store.env } }, starts, build.root);
  return { first, later };
}

/** The rate of requests while posts are due, as a share of the rate without due posts. */
async function loadWhileDue(place: Place, putLoad: PutLoad, due: number): Promise<number> {
  const rates: number[] = [];
  for (const queuedPosts of [due, 0]) {
    const { server, store } = await start(place, queuedPosts);
    const load = { url: `${server.url}/v2/me`, method: "GET" as const, secrets: store.secrets };
    await putLoad({ ...load, seconds: WARM_UP_SECONDS });
    rates.push((await putLoad({ ...load, seconds: DUE_SECONDS })).rate);
    await server.stop();
  }
  const [beside = Number.NaN, without = Number.NaN] = rates;
  return beside / without;
}
