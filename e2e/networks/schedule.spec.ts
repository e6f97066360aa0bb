import { Client } from "pg";
import { startServer } from "#lib/testing/console/start-server";
import { findPostgres } from "#lib/testing/postgres/start-postgres";
import { roomFor } from "../room-for.ts";
import { expect, test } from "./fixtures.ts";
import { createPoster } from "./poster.ts";
import { webhook } from "./webhook.ts";

test("a scheduled post is published at its time: not before, and not long after", async ({ world, product }) => {
  const poster = await createPoster(product.url, world.serverOf(webhook));
  const scheduledAt = new Date(Date.now() + roomFor(3000));
  const [id = ""] = await poster.postAll(["in a moment"], { scheduledAt });
  expect(await poster.read(id)).toMatchObject({ status: "scheduled", attempts: 0 });
  expect(await poster.settled([id])).toEqual([expect.objectContaining({ status: "published", attempts: 1 })]);
  const [call, ...others] = poster.account.listCalls();
  expect(others).toEqual([]);
  const late = (call?.getTime() ?? 0) - scheduledAt.getTime();
  expect(late).toBeGreaterThanOrEqual(0);
  expect(late).toBeLessThan(roomFor(10_000));
});

test.describe("while the server was down", () => {
  test.skip(() => !findPostgres(), "PostgreSQL is not installed here, so no time can pass in a database");

  test("what became due is published up to an hour late, and not after", async ({ world, postgres }) => {
    const databaseUrl = await postgres.createDatabase("boring_missed");
    const env = { ...world.env, DATABASE_URL: databaseUrl };
    const first = await startServer({ env });
    const poster = await createPoster(first.url, world.serverOf(webhook));
    const scheduledAt = new Date(Date.now() + 3_600_000);
    const [inTime = "", tooLate = ""] = await poster.postAll(["in time", "too late"], { scheduledAt });
    await first.stop();

    const client = new Client(databaseUrl);
    await client.connect();
    const move = "UPDATE posts SET wake_at = now() - make_interval(mins => $2), scheduled_at = wake_at WHERE id = $1";
    await client.query(move, [inTime, 59]);
    await client.query(move, [tooLate, 61]);
    await client.end();

    const second = await startServer({ env, port: first.port, dataDir: first.dataDir });
    const posts = await poster.settled([inTime, tooLate]);
    expect(posts[0]).toMatchObject({ status: "published", error: null });
    expect(posts[1]).toMatchObject({ status: "failed", error_name: "MissedSchedule", post_id: null });
    expect((await poster.account.listPosts()).map(({ text }) => text)).toEqual(["in time"]);
    await second.stop();
  });
});
