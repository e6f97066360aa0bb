import { setTimeout as wait } from "node:timers/promises";
import { median } from "./median.ts";
import type { Store } from "./seed.ts";
import { startServer } from "./start-server.ts";
import type { Workshop } from "./workshop.ts";

const SETTLE_MILLISECONDS = 3000;

/** A server without load. */
export type Rest = { startMilliseconds: number; memory: number; peakMemory: number };

/** Starts and stops the product on an existing database several times, and measures it some time after its first answers. */
export const measureRest = async (
  workshop: Workshop,
  store: Pick<Store, "env" | "secrets">,
  starts: number,
  root?: string,
): Promise<Rest> => {
  const [secret = ""] = store.secrets;
  const start = { root, env: store.env, path: secret ? "/v2/me" : "/healthz", secret };
  const times: number[] = [];
  for (let count = 1; count < starts; count++) {
    const server = await startServer(workshop, start);
    times.push(server.startMilliseconds);
    await server.stop();
  }
  const server = await startServer(workshop, start);
  times.push(server.startMilliseconds);
  await fetch(`${server.url}/sign-in`).then((page) => page.text());
  await wait(SETTLE_MILLISECONDS);
  const [memory, peakMemory] = [server.memory(), server.peakMemory()];
  await server.stop();
  return { startMilliseconds: median(times), memory, peakMemory };
};
