import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { Client } from "pg";
import type { Postgres } from "#lib/testing/postgres/start-postgres";
import type { Build } from "./build-commit.ts";
import { readCpuSeconds } from "./read-process.ts";
import { type Store, seed } from "./seed.ts";
import { startServer } from "./start-server.ts";
import type { Workshop } from "./workshop.ts";

/** The throughput of a job, and the processor time for each item in the process that did it. */
export type WorkedOff = { perSecond: number; cpuMicroseconds: number };

type Working = { startedAt: number; cpuSeconds(): number; stop(): Promise<void> };
type Place = { workshop: Workshop; build: Build; postgres: Postgres | undefined };

const ANSWER_MILLISECONDS = 50;
const LOOK_MILLISECONDS = 500;
const PATIENCE_MILLISECONDS = 1_800_000;

/** Lets one process publish that many posts to the sandbox, all due when it starts. */
export const workOffPosts = async (place: Place, count: number): Promise<WorkedOff> => {
  const { workshop, build, postgres } = place;
  const store = await seed(workshop, 100, postgres, { queuedPosts: count, root: build.root });
  const worker = await startWork(place, store);
  await until(() => isWorkedOff(store, worker.url));
  return finish(worker, count);
};

/** Lets one process deliver that many messages to a slow receiver, all due when it starts. */
export const workOffDeliveries = async (place: Place, count: number): Promise<WorkedOff> => {
  const { workshop, build, postgres } = place;
  const store = await seed(workshop, 100, postgres, { root: build.root });
  const received = new Set<unknown>();
  const receiver = createServer((request, response) => {
    request.resume();
    setTimeout(
      () => response.writeHead(204).end(() => received.add(request.headers["webhook-id"])),
      ANSWER_MILLISECONDS,
    );
  }).listen(0, "127.0.0.1");
  await once(receiver, "listening");
  const host = `127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  const env = { ...store.env, OUTBOUND_ALLOWED_HOSTS: host };
  const args = [`http://${host}/`, String(count)];
  const helper = workshop.run("scripts/bench/programs/seed-deliveries.ts", { args, env, root: build.root });
  await helper.ended;
  if (helper.process.exitCode !== 0) throw new Error(`Deliveries could not be prepared:\n${helper.lastWords()}`);
  const worker = await startWork(place, { ...store, env });
  await until(async () => received.size >= count);
  receiver.close();
  receiver.closeAllConnections();
  return finish(worker, count);
};

// Only one process can use the embedded database, so there the server does the work.
async function startWork({ workshop, build }: Place, store: Store): Promise<Working & { url: string }> {
  if (store.database === "embedded") {
    const [secret] = store.secrets;
    const server = await startServer(workshop, { root: build.root, env: store.env, path: "/v2/me", secret });
    return { ...server, startedAt: performance.now() };
  }
  const helper = workshop.run("scripts/worker.ts", { root: build.root, env: store.env });
  await until(async () => helper.process.exitCode !== null || helper.lastWords().includes("Worker is ready."));
  const { pid = 0, exitCode } = helper.process;
  if (exitCode !== null) throw new Error(`The worker ended early:\n${helper.lastWords()}`);
  return { url: "", startedAt: performance.now(), cpuSeconds: () => readCpuSeconds(pid), stop: helper.stop };
}

async function finish(worker: Working, count: number): Promise<WorkedOff> {
  const seconds = (performance.now() - worker.startedAt) / 1000;
  const cpuMicroseconds = (worker.cpuSeconds() / count) * 1e6;
  await worker.stop();
  return { perSecond: count / seconds, cpuMicroseconds };
}

async function isWorkedOff({ env, secrets: [secret = ""] }: Store, url: string): Promise<boolean> {
  if (env.DATABASE_URL === undefined) {
    for (const status of ["queued", "publishing"]) {
      const answer = await fetch(`${url}/v2/posts?status=${status}`, { headers: { "boring-api-key": secret } });
      const { results } = (await answer.json()) as { results?: unknown[] };
      if (results?.length !== 0) return false;
    }
    return true;
  }
  const client = new Client(env.DATABASE_URL);
  await client.connect();
  const { rowCount } = await client.query("SELECT 1 FROM posts WHERE status IN ('queued', 'publishing') LIMIT 1");
  await client.end();
  return rowCount === 0;
}

async function until(isOver: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + PATIENCE_MILLISECONDS;
  while (!(await isOver())) {
    if (performance.now() > deadline) throw new Error("It was not worked off in half an hour.");
    await wait(LOOK_MILLISECONDS);
  }
}
