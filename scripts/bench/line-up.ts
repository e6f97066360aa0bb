import type { Contestant } from "./run-rounds.ts";
import type { Store } from "./seed.ts";
import { type BenchServer, startServer } from "./start-server.ts";
import type { Workshop } from "./workshop.ts";

/** Databases of one kind, each with its own server, because a server that has answered more is warmer. */
export type Stores = { few: Store; many: Store; posted: Store; queued: Store };

/** Databases for variants that only one kind is tested with. */
export type VariantStores = { quiet: Store; unnoted: Store };

/** The contestants on one kind of database. */
export type Kind = { few: Contestant; many: Contestant; posts: Contestant; queued: Contestant };

/** All contestants, by what they are compared for. */
export type LineUp = {
  node: Contestant;
  next: Contestant;
  quiet: Contestant;
  unnoted: Contestant;
  kinds: Kind[];
};

const PROGRAMS = "scripts/bench/programs";
const BODY = JSON.stringify({ post: { content: { text: "Hello from the bench" } } });
// With a Google client, no stand-in runs beside the server. Nobody signs in here.
const GOOGLE = { GOOGLE_CLIENT_ID: "bench", GOOGLE_CLIENT_SECRET: "bench" };
// Far above the load: requests are counted as usual, but none is refused.
const LIMIT = { RATE_LIMIT_PER_MINUTE: "1000000" };

/** Starts all servers of the bench. They all keep running, but only one at a time is under load. */
export const lineUp = async (
  workshop: Workshop,
  kinds: Stores[],
  { quiet, unnoted }: VariantStores,
): Promise<LineUp> => {
  const node = await startServer(workshop, { program: `${PROGRAMS}/bare-node.ts`, path: "/" });
  const next = await startServer(workshop, { program: `${PROGRAMS}/bare-next.ts`, path: "/bare" });
  const quietServer = await startProduct(workshop, quiet, { LOG_LEVEL: "silent" });
  const unnotedServer = await startProduct(workshop, unnoted, { USAGE_RETENTION_DAYS: "0" });
  const lined: Kind[] = [];
  for (const stores of kinds) lined.push(await startKind(workshop, stores));
  return {
    node: toContestant("Bare `node:http` server", node, { path: "/" }),
    next: toContestant("Bare Next route", next, { path: "/bare" }),
    quiet: toContestant("`GET /v2/me`, nothing logged", quietServer, { path: "/v2/me", store: quiet }),
    unnoted: toContestant("`GET /v2/me`, no usage kept", unnotedServer, { path: "/v2/me", store: unnoted }),
    kinds: lined,
  };
};

async function startKind(workshop: Workshop, { few, many, posted, queued }: Stores): Promise<Kind> {
  const fewServer = await startProduct(workshop, few);
  const manyServer = await startProduct(workshop, many);
  const postedServer = await startProduct(workshop, posted);
  const queuedServer = await startProduct(workshop, queued);
  return {
    few: toContestant("`GET /v2/me`", fewServer, { path: "/v2/me", store: few }),
    many: toContestant("`GET /v2/me`", manyServer, { path: "/v2/me", store: many }),
    posts: toContestant("`POST /v2/posts`, committed", postedServer, { path: "/v2/posts", store: posted, body: BODY }),
    queued: toContestant("`GET /v2/me` while 10,000 posts are due", queuedServer, { path: "/v2/me", store: queued }),
  };
}

function startProduct(workshop: Workshop, store: Store, env: Record<string, string> = {}): Promise<BenchServer> {
  const [secret = ""] = store.secrets;
  return startServer(workshop, { env: { ...GOOGLE, ...LIMIT, ...store.env, ...env }, path: "/v2/me", secret });
}

function toContestant(
  name: string,
  server: BenchServer,
  { path, store, body }: { path: string; store?: Store; body?: string },
): Contestant {
  const load: Contestant["load"] = {
    url: server.url + path,
    ...(body === undefined ? { method: "GET" } : { method: "POST", body }),
    ...(store && { secrets: store.secrets }),
  };
  return { name, store, load, server };
}
