import type { Load, Measure, PutLoad } from "./load.ts";
import { median } from "./median.ts";
import type { Store } from "./seed.ts";
import type { BenchServer } from "./start-server.ts";

const WARM_UP_SECONDS = 3;

/** Something that is measured under load. */
export type Contestant = {
  name: string;
  server: BenchServer;
  store: Store | undefined;
  load: Omit<Load, "seconds">;
};

/** What each contestant reached, round by round, and the processor time that an answer cost its server's process. */
export type Results = Map<Contestant, (Measure & { cpuMicroseconds: number })[]>;

/**
 * Measures all contestants in turn, again and again, so that whatever else the machine does meets all of them.
 * Every other round goes backwards, so that nobody always follows the same one. A first round warms up and is dropped.
 */
export const runRounds = async (
  contestants: Contestant[],
  putLoad: PutLoad,
  { rounds, seconds }: { rounds: number; seconds: number },
): Promise<Results> => {
  const results: Results = new Map(contestants.map((contestant) => [contestant, []]));
  for (const { load } of contestants) await putLoad({ ...load, seconds: WARM_UP_SECONDS });
  for (let round = 1; round <= rounds; round++) {
    console.error(`Round ${round} of ${rounds} …`);
    for (const contestant of round % 2 ? contestants : contestants.toReversed()) {
      const { server, load } = contestant;
      const cpuBefore = server.cpuSeconds();
      const measure = await putLoad({ ...load, seconds });
      const cpuMicroseconds = ((server.cpuSeconds() - cpuBefore) / measure.answers) * 1e6;
      results.get(contestant)?.push({ ...measure, cpuMicroseconds });
    }
  }
  return results;
};

/** How many times as many answers a second one contestant gave as another, round against round. */
export const compareRounds = (results: Results, one: Contestant, other: Contestant): number => {
  const others = results.get(other) ?? [];
  return median((results.get(one) ?? []).map(({ rate }, round) => rate / (others[round]?.rate ?? Number.NaN)));
};
