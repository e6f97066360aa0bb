import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { Webhook } from "standardwebhooks";
import { z } from "zod";
import type { User } from "#lib/testing/console/user";
import { connectAccount } from "./connect-account.ts";
import type { Network, NetworkAccount, NetworkPost, NetworkServer } from "./network.ts";
import { startProxy, type TestProxy } from "./proxy.ts";

const messageSchema = z.object({
  type: z.string(),
  data: z.object({
    text: z.string(),
    media: z.array(z.object({ alt_text: z.string() })),
    thread: z.object({ parent: z.object({ id: z.string() }) }).nullable(),
  }),
});
const headersSchema = z.record(z.string(), z.string());
const connectedSchema = z.object({ account_id: z.string(), shown: z.object({ signing_secret: z.string() }) });

/** Somebody's receiver: what it has stored, by the ids of the messages. */
type Hook = { secret: string | undefined; isGone: boolean; stored: Map<string, NetworkPost> };

/** Receivers that check every signature and recognise what they were sent before, as Standard Webhooks has them do. */
export const webhook: Network = {
  title: "webhook",
  name: "webhook",
  limits: [{ longest: "😀".repeat(10_000), tooLong: "😀".repeat(10_001), limit: 10_000 }],
  images: 10,
  toPatience: (until) => ({ "retry-after": String(Math.ceil((until.getTime() - Date.now()) / 1000)) }),
  start: startReceivers,
};

async function startReceivers(): Promise<NetworkServer> {
  const hooks = new Map<string, Hook>();
  const server = createServer(async (request, response) => {
    const { status, body } = await receive(request, hooks.get(request.url ?? ""));
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const proxy = await startProxy((server.address() as AddressInfo).port);
  return {
    host: `127.0.0.1:${proxy.port}`,
    connect: (user) => connect(user, hooks, proxy),
    stop: async () => {
      await proxy.stop();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function connect(user: User, hooks: Map<string, Hook>, proxy: TestProxy): Promise<NetworkAccount> {
  const path = `/hooks/${randomUUID()}`;
  const hook: Hook = { secret: undefined, isGone: false, stored: new Map() };
  hooks.set(path, hook);
  const connected = connectedSchema.parse(await connectAccount(user, "webhook", { url: `${proxy.url}${path}` }));
  hook.secret = connected.shown.signing_secret;
  // Nothing that was done to another account is to befall this one.
  proxy.calmDown();
  const before = proxy.calls.length;
  return {
    accountId: connected.account_id,
    listPosts: async () => [...hook.stored.values()],
    listCalls: () => proxy.moments.filter((_, index) => index >= before && proxy.calls[index] === `POST ${path}`),
    disturb: (...disturbances) => proxy.disturb(path, ...disturbances),
    disturbEachOnce: (disturbance) => proxy.disturbEachOnce(path, disturbance),
    revoke: async () => {
      hook.isGone = true;
    },
  };
}

async function receive(request: IncomingMessage, hook: Hook | undefined): Promise<{ status: number; body: object }> {
  const body = await text(request);
  if (!hook || hook.isGone) return { status: hook ? 410 : 404, body: {} };
  const headers = headersSchema.parse(request.headers);
  if (!isGenuine(hook, headers, body)) return { status: 401, body: {} };
  const message = messageSchema.parse(JSON.parse(body));
  const id = headers["webhook-id"] ?? "";
  const { text: said, media, thread } = message.data;
  const known = hook.stored.get(id);
  const post = known ?? {
    id: randomUUID(),
    text: said,
    parentId: thread?.parent.id,
    altTexts: media.map(({ alt_text }) => alt_text),
  };
  hook.stored.set(id, post);
  return { status: 200, body: { id: post.id, url: `https://example.com/${post.id}` } };
}

function isGenuine({ secret }: Hook, headers: Record<string, string>, body: string): boolean {
  try {
    new Webhook(secret ?? "").verify(body, headers);
    return true;
  } catch {
    return false;
  }
}
