import type { Load, Measure, PutLoad } from "./load.ts";
import { median } from "./median.ts";
import type { Store } from "./seed.ts";
import type { BenchServer } from "./start-server.ts";

const WARM_UP_SECONDS = 3;

/** A server under measurement. */
export type Contestant = {
  name: string;
  server: BenchServer;
  store: Store | undefined;
  load: Omit<Load, "seconds">;
};

/** The results of each contestant, round by round, with its server's processor time for each answer. */
export type Results = Map<Contestant, (Measure & { cpuMicroseconds: number })[]>;

/**
 * Measures all contestants in turn, repeatedly, so that other work on the machine affects all of them. Every other round
 * runs in reverse, so that nobody always follows the same one. The first round is a discarded warm-up.
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

/** The ratio of one contestant's answers a second to another's, compared round by round. */
export const compareRounds = (results: Results, one: Contestant, other: Contestant): number => {
  const others = results.get(other) ?? [];
  return median((results.get(one) ?? []).map(({ rate }, round) => rate / (others[round]?.rate ?? Number.NaN)));
};
