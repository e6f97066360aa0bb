import { once } from "node:events";
import type { Measure, PutLoad } from "./load.ts";
import type { Workshop } from "./workshop.ts";

type Answer = { measure: Measure } | { failure: string };

/** Starts the load generator and returns the function that puts a load on a server. */
export const openGenerator = (workshop: Workshop): PutLoad => {
  const { process, ended, lastWords } = workshop.run("scripts/bench/programs/generate-load.ts", { hasChannel: true });
  const broken = ended.then(() => {
    throw new Error(`The load ended early:\n${lastWords()}`);
  });
  broken.catch(() => {});
  return async (load) => {
    const answered = once(process, "message");
    process.send(load);
    const [answer] = (await Promise.race([answered, broken])) as [Answer];
    if ("failure" in answer) throw new Error(answer.failure);
    return answer.measure;
  };
};
