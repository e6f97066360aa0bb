import { setTimeout as wait } from "node:timers/promises";
import { median } from "./median.ts";
import type { Store } from "./seed.ts";
import { startServer } from "./start-server.ts";
import { weighSettings } from "./weigh-settings.ts";
import type { Workshop } from "./workshop.ts";

const SETTLE_MILLISECONDS = 3000;

/** A server that nobody loads: its start, its memory, and what its Settings page weighs. */
export type Rest = { startMilliseconds: number; memory: number; settingsBytes: number | Error };

/** Starts and stops the product on an existing database several times, then looks at it while it rests. */
export const measureRest = async (workshop: Workshop, store: Store, starts: number): Promise<Rest> => {
  const [secret = ""] = store.secrets;
  const start = { env: store.env, path: "/v2/me", secret };
  const times: number[] = [];
  for (let count = 1; count < starts; count++) {
    const server = await startServer(workshop, start);
    times.push(server.startMilliseconds);
    await server.stop();
  }
  const server = await startServer(workshop, start);
  times.push(server.startMilliseconds);
  const settingsBytes = await weighSettings(server.url).catch((error: Error) => error);
  await wait(SETTLE_MILLISECONDS);
  const memory = server.memory();
  await server.stop();
  return { startMilliseconds: median(times), memory, settingsBytes };
};
