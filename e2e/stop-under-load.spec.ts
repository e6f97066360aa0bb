import { request } from "node:http";
import { expect, test } from "@playwright/test";
import { withKey } from "#lib/testing/console/api-client";
import { startServer } from "#lib/testing/console/start-server";
import { createUser } from "#lib/testing/console/user";

const CALLERS = 32;

type Attempt = { sentAt: number; outcome: string; connection?: string | undefined };

/** One request over a connection of its own, and what came of it. */
const tryOnce = (port: number, headers: Record<string, string>): Promise<Attempt> =>
  new Promise((resolve) => {
    const attempt: Attempt = { sentAt: performance.now(), outcome: "unknown" };
    const end = (outcome: string, connection?: string) => resolve({ ...attempt, outcome, connection });
    const outgoing = request({
      port,
      host: "127.0.0.1",
      path: "/v2/me",
      agent: false,
      headers,
    });
    outgoing.on("error", (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
    outgoing.on("response", (response) => {
      response.on("error", () => end("cut"));
      response.resume().on("end", () => end(String(response.statusCode), response.headers.connection));
    });
    outgoing.on("finish", () => {
      attempt.sentAt = performance.now();
    });
    outgoing.end();
  });

test("a stop under load answers every request that was sent before it, over new connections too", async () => {
  test.setTimeout(120_000);
  const server = await startServer({ env: { RATE_LIMIT_PER_MINUTE: "1000000" } });
  const { key } = await (await createUser(server.url)).generateKey();
  const attempts: Attempt[] = [];
  let isOver = false;
  const call = async () => {
    while (!isOver && attempts.at(-1)?.outcome !== "ECONNREFUSED") {
      attempts.push(await tryOnce(server.port, withKey(key)));
    }
  };
  const callers = Array.from({ length: CALLERS }, call);
  await expect.poll(() => attempts.length, { timeout: 60_000 }).toBeGreaterThan(CALLERS * 5);
  const stoppedAt = performance.now();
  const code = await server.stop();
  const took = performance.now() - stoppedAt;
  isOver = true;
  await Promise.all(callers);
  const before = attempts.filter(({ sentAt }) => sentAt < stoppedAt);
  expect(before.filter(({ outcome }) => outcome !== "200")).toEqual([]);
  const later = attempts.filter(({ sentAt, outcome }) => sentAt > stoppedAt && outcome === "200");
  expect(later.filter(({ connection }) => connection !== "close")).toEqual([]);
  expect(code).toBe(0);
  expect(took).toBeLessThan(10_000);
});
