import { spawnSync } from "node:child_process";

// What Node takes to start and end on a small computer with nothing else to do.
const IDLE_START_MILLISECONDS = 50;
const TRIES = 3;

/**
 * How long something may take here that may take so many milliseconds on a computer with nothing else to do: as much longer
 * as starting Node takes now. Asked after what is measured, so that both met the same computer.
 */
export const roomFor = (milliseconds: number): number => {
  const since = performance.now();
  for (let count = 0; count < TRIES; count++) spawnSync(process.execPath, ["-e", "0"]);
  const start = (performance.now() - since) / TRIES;
  return milliseconds * Math.max(1, start / IDLE_START_MILLISECONDS);
};
