import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import { withKey } from "./api-client.ts";
import { hasNginx, startNginx } from "./start-nginx.ts";
import { startServer } from "./start-server.ts";
import { createUser } from "./user.ts";

// What proxies and this server do by default in a minute and in two, in seconds.
const PROXY_SECONDS = 1;
const SERVER_SECONDS = 2;
const ROUNDS = 15;
const TOGETHER = 32;

test("nginx with kept-alive connections passes every POST on: 480 with pauses about as long as it keeps them", async () => {
  test.skip(!hasNginx(), "nginx is not installed");
  test.setTimeout(240_000);
  const env = { KEEP_ALIVE_SECONDS: String(SERVER_SECONDS), RATE_LIMIT_PER_MINUTE: "1000000", TRUSTED_PROXIES: "1" };
  const server = await startServer({ env });
  const { key } = await (await createUser(server.url)).generateKey();
  const nginx = await startNginx(server.port, PROXY_SECONDS);
  const post = async () => {
    const answer = await fetch(`${nginx.url}/v2/posts`, {
      method: "POST",
      headers: { ...withKey(key), "Content-Type": "application/json" },
      body: "{}",
    });
    await answer.text();
    return answer.status;
  };
  const statuses = new Map<number, number>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const status of await Promise.all(Array.from({ length: TOGETHER }, post))) {
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    // Around the moment at which the proxy lets go of its connections.
    await sleep(PROXY_SECONDS * 1000 - 150 + round * 20);
  }
  expect(Object.fromEntries(statuses)).toEqual({ 400: ROUNDS * TOGETHER });
  await nginx.stop();
  await server.stop();
});
