import { setTimeout } from "node:timers/promises";
import type { Step } from "#lib/publishing/due-posts";
import { findPostgres } from "#lib/testing/postgres/start-postgres";
import { expect, test } from "./fixtures.ts";
import { type Installation, startInstallation } from "./installation.ts";
import { createPoster, type Poster } from "./poster.ts";
import { readSteps, STEPS, watchSteps } from "./steps.ts";
import { KILLED_AT_A_STEP } from "./trials.ts";
import { NETWORKS } from "./world.ts";

const POSTS_A_WORKER = 8;
const DYING_MILLISECONDS = 120_000;

test.skip(() => !findPostgres(), "PostgreSQL is not installed here, so there are no workers");

for (const network of NETWORKS) {
  test(`${network.title}: workers killed at each step leave exactly one post each`, async ({ world, postgres }) => {
    test.setTimeout(240_000);
    const installation = await startInstallation(postgres, world.env);
    const poster = await createPoster(installation.server.url, world.serverOf(network));
    const trials = new Map<Step, Set<string>>(STEPS.map((step) => [step, new Set()]));
    const texts: string[] = [];
    const ids: string[] = [];
    for (;;) {
      const [step, done] = [...trials].sort(([, a], [, b]) => a.size - b.size)[0] ?? [];
      if (!step || !done || done.size >= KILLED_AT_A_STEP) break;
      const fresh = Array.from({ length: POSTS_A_WORKER }, (_, index) => `Post ${texts.length + index}`);
      texts.push(...fresh);
      ids.push(...(await poster.postAll(fresh)));
      for (const [id, last] of await killWorkerAt(installation, step)) {
        // The mark says that a step is over; what comes after the last one is the end.
        if ((await poster.read(id)).status === "publishing") trials.get(last)?.add(id);
      }
    }
    installation.startWorker();
    installation.startWorker();
    await expectEachOnce(poster, ids, texts);
    await installation.stop();
  });
}

// Others are at other steps in the same moment, and stop there just the same.
async function killWorkerAt(installation: Installation, step: Step): Promise<Map<string, Step>> {
  const worker = installation.startWorker(watchSteps({ step, post: POSTS_A_WORKER / 2 }));
  const end = await Promise.race([worker.ended, setTimeout(DYING_MILLISECONDS, "still alive", { ref: false })]);
  expect(end, worker.output()).toBe("SIGKILL");
  return readSteps(worker.output());
}

async function expectEachOnce(poster: Poster, ids: string[], texts: string[]): Promise<void> {
  const posts = await poster.settled(ids, 120_000);
  for (const post of posts) expect(post).toMatchObject({ status: "published", error: null });
  const there = await poster.account.listPosts();
  expect(there.map(({ text }) => text).sort()).toEqual(texts.toSorted());
}
