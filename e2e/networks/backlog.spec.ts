import { Client } from "pg";
import { findPostgres } from "#lib/testing/postgres/start-postgres";
import { expect, test } from "./fixtures.ts";
import { startInstallation } from "./installation.ts";
import { createPoster } from "./poster.ts";
import { readSteps, watchSteps } from "./steps.ts";
import { BACKLOG_POSTS } from "./trials.ts";
import { webhook } from "./webhook.ts";

test.skip(() => !findPostgres(), "PostgreSQL is not installed here, so processes cannot share one");

const DUE = `
  INSERT INTO posts (id, organization_id, account_id, status, parts, wake_at)
  SELECT gen_random_uuid(), organization_id, id, 'queued', jsonb_build_array(jsonb_build_object('text', 'Post ' || n, 'mediaUrls', '[]'::jsonb)), now()
  FROM social_accounts, generate_series(1, ${BACKLOG_POSTS}) AS n WHERE id = $1`;

test(`two workers and a server share ${BACKLOG_POSTS} posts, each once`, async ({ world, postgres }) => {
  test.setTimeout(600_000);
  const installation = await startInstallation(postgres, world.env, { publishesInServer: true });
  const { account } = await createPoster(installation.server.url, world.serverOf(webhook));
  const workers = [installation.startWorker(watchSteps()), installation.startWorker(watchSteps())];
  for (const worker of workers) await expect.poll(worker.output).toContain("Worker is ready.");
  const database = new Client(installation.databaseUrl);
  await database.connect();
  await database.query(DUE, [account.accountId]);
  const countStates = async () => {
    const { rows } = await database.query("SELECT status, attempts, count(*)::int AS posts FROM posts GROUP BY 1, 2");
    return rows;
  };
  await expect
    .poll(countStates, { timeout: 500_000, intervals: [1000] })
    .toEqual([{ status: "published", attempts: 1, posts: BACKLOG_POSTS }]);
  expect(account.listCalls()).toHaveLength(BACKLOG_POSTS);
  expect(new Set((await account.listPosts()).map(({ text }) => text)).size).toBe(BACKLOG_POSTS);
  const shares = workers.map((worker) => [...readSteps(worker.output()).keys()]);
  for (const share of shares) expect(share.length).toBeGreaterThan(0);
  // The server took the rest.
  expect(new Set(shares.flat()).size).toBe(shares.flat().length);
  expect(shares.flat().length).toBeLessThan(BACKLOG_POSTS);
  await database.end();
  await installation.stop();
});
