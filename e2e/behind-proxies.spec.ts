import { Agent as PlainAgent, request as requestPlainly } from "node:http";
import { Agent, request as requestSecurely } from "node:https";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import { withKey } from "#lib/testing/console/api-client";
import { startServer } from "#lib/testing/console/start-server";
import { createUser } from "#lib/testing/console/user";
import { PROXY_SAMPLES } from "./proxy-samples.ts";
import { hasProxy, startProxy } from "./start-proxy.ts";
import { startReceiver } from "./start-receiver.ts";

// What proxies and this server do by default in a minute and in two, in seconds.
const PROXY_SECONDS = 1;
const SERVER_SECONDS = 2;
const ROUNDS = 13;
const TOGETHER = 32;

const plain = new PlainAgent({ keepAlive: true });
// Nobody vouches for its certificate.
const secure = new Agent({ keepAlive: true, rejectUnauthorized: false });

type Answer = { status: number | undefined; body: string };

const ask = (url: string, headers: Record<string, string>, body?: string): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const options = { method: body === undefined ? "GET" : "POST", headers, family: 4 };
    const request = url.startsWith("https:")
      ? requestSecurely(url, { ...options, agent: secure })
      : requestPlainly(url, { ...options, agent: plain });
    // A proxy lets go of this connection too, and says 502 of one behind it.
    request.on("error", (error) => (request.reusedSocket ? resolve(ask(url, headers, body)) : reject(error)));
    request.on("response", (response) =>
      text(response).then((read) => resolve({ status: response.statusCode, body: read }), reject),
    );
    request.end(body);
  });

for (const sample of PROXY_SAMPLES) {
  test(`behind ${sample.name}, set up as the documentation says, every request arrives and is answered`, async () => {
    test.skip(!hasProxy(sample), `${sample.name} is not installed`);
    test.setTimeout(240_000);
    const receiver = await startReceiver();
    const env = {
      ...{ KEEP_ALIVE_SECONDS: String(SERVER_SECONDS), RATE_LIMIT_PER_MINUTE: "1000000", TRUSTED_PROXIES: "1" },
      OUTBOUND_ALLOWED_HOSTS: `127.0.0.1:${receiver.port}`,
    };
    const server = await startServer({ env });
    const user = await createUser(server.url);
    const { id, key } = await user.generateKey();
    const fields = { url: receiver.url };
    const { json } = await user.ask("/api/accounts", { json: { network: "webhook", fields } });
    const proxy = await startProxy(sample, server.port, PROXY_SECONDS);
    const headers = { ...withKey(key), "Content-Type": "application/json" };
    const post = (body: string, more = {}) => ask(`${proxy.url}/v2/posts`, { ...headers, ...more }, body);

    expect((await ask(`${proxy.url}/v2/me`, { ...headers, "X-Forwarded-For": "203.0.113.9" })).status).toBe(200);
    await expect
      .poll(async () => (await user.ask(`/api/keys/${id}`)).json.last_used_address, "one hop is trusted")
      .toBe("127.0.0.1");
    const page = await ask(`${proxy.url}/sign-in`, {});
    expect([page.status, page.body]).toEqual([200, expect.stringContaining("<html")]);
    expect((await post(JSON.stringify({ post: { text: "x".repeat(1_000_000) } }))).status).toBe(400);
    expect((await post("x".repeat(1_500_000))).status).toBe(413);

    const release = receiver.hold();
    const slow = post(JSON.stringify({ post: { text: "Hello", accountId: json.account_id } }), { Prefer: "wait=25" });
    const statuses = new Map<number | undefined, number>();
    for (let round = 0; round < ROUNDS; round++) {
      for (const { status } of await Promise.all(Array.from({ length: TOGETHER }, () => post("{}")))) {
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
      // Around the moment at which the proxy lets go of its connections.
      await sleep(PROXY_SECONDS * 1000 - 150 + round * 20);
    }
    expect(Object.fromEntries(statuses)).toEqual({ 400: ROUNDS * TOGETHER });
    release();
    expect(await slow).toMatchObject({ status: 201, body: expect.stringContaining('"published"') });
    await proxy.stop();
    await server.stop();
    await receiver.close();
  });
}
