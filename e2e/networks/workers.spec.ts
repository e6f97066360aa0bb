import { findPostgres } from "#lib/testing/postgres/start-postgres";
import { expect, test } from "./fixtures.ts";
import { startInstallation } from "./installation.ts";
import { createPoster } from "./poster.ts";
import { readSteps, watchSteps } from "./steps.ts";
import { SHARED_POSTS, SLOW_POSTS } from "./trials.ts";
import { webhook } from "./webhook.ts";

test.skip(() => !findPostgres(), "PostgreSQL is not installed here, so workers cannot share one");

test(`two workers share ${SHARED_POSTS} posts and never publish the same one`, async ({ world, postgres }) => {
  test.setTimeout(300_000);
  const installation = await startInstallation(postgres, world.env);
  const poster = await createPoster(installation.server.url, world.serverOf(webhook));
  const texts = Array.from({ length: SHARED_POSTS }, (_, index) => `Post ${index}`);
  const workers = [installation.startWorker(watchSteps()), installation.startWorker(watchSteps())];
  for (const worker of workers) await expect.poll(worker.output).toContain("Worker is ready.");
  // So long that whoever looks for posts that nobody sees to comes by meanwhile.
  poster.account.disturb(...Array.from({ length: SLOW_POSTS }, () => "slow" as const));
  const ids = await poster.postAll(texts);
  const posts = await poster.settled(ids, 90_000);
  for (const post of posts) expect(post).toMatchObject({ status: "published", attempts: 1 });
  expect((await poster.account.listPosts()).map(({ text }) => text).sort()).toEqual(texts.toSorted());
  expect(poster.account.listCalls()).toHaveLength(SHARED_POSTS);
  const shares = workers.map((worker) => [...readSteps(worker.output()).keys()]);
  expect(shares.flat().sort()).toEqual(ids.toSorted());
  // How many each gets is nobody's promise. But one has its hands full with the slow ones, and the other has to help.
  for (const share of shares) expect(share).not.toEqual([]);
  await installation.stop();
});
