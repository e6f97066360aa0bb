import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { User } from "#lib/testing/console/user";
import { type FakeMastodon, startMastodon } from "#lib/testing/mastodon/start-mastodon";
import { PEOPLE } from "#lib/testing/mastodon/state";
import { connectAccount } from "./connect-account.ts";
import type { Network, NetworkAccount, NetworkServer } from "./network.ts";
import { startProxy, type TestProxy } from "./proxy.ts";

const PUBLISH = "/api/v1/statuses";
const LINK = `https://example.com/${"a".repeat(200)}`;

const begunSchema = z.object({ authorization_url: z.url() });
const accountsSchema = z.object({
  accounts: z.array(z.object({ account_id: z.string(), social_channel_type: z.string() })),
});

/** Servers that know an `Idempotency-Key` again. */
export const mastodon = toNetwork("mastodon", true);

/** Servers that take no notice of it, as there are some. */
export const forgetfulMastodon = toNetwork("mastodon without idempotency keys", false);

function toNetwork(title: string, honoursIdempotencyKeys: boolean): Network {
  return {
    title,
    name: "mastodon",
    // A link counts as 23, a letter with its accent as one.
    limits: [{ longest: `${LINK} ${"e\u0301".repeat(476)}`, tooLong: `${LINK} ${"e\u0301".repeat(477)}`, limit: 500 }],
    images: 4,
    imageBytes: 1_000_000,
    toPatience: (until) => ({ "x-ratelimit-reset": until.toISOString() }),
    start: () => startServer(honoursIdempotencyKeys),
  };
}

async function startServer(honoursIdempotencyKeys: boolean): Promise<NetworkServer> {
  const server = await startMastodon({ honoursIdempotencyKeys, imageBytes: 1_000_000 });
  const proxy = await startProxy(server.port);
  return {
    host: `127.0.0.1:${proxy.port}`,
    connect: (user) => connect(user, server, proxy),
    stop: async () => {
      await proxy.stop();
      await server.stop();
    },
  };
}

async function connect(user: User, server: FakeMastodon, proxy: TestProxy): Promise<NetworkAccount> {
  const username = `u${randomUUID().replaceAll("-", "")}`;
  PEOPLE[username] = { id: String(server.nextId++), displayName: username };
  const accountId = await agree(user, username, proxy);
  // Nothing that was done to another account is to befall this one.
  proxy.calmDown();
  const before = proxy.calls.length;
  return {
    accountId,
    listPosts: async () =>
      server.statuses
        .filter((status) => status.username === username)
        .map(({ id, text, inReplyTo, media }) => ({
          id,
          text,
          parentId: inReplyTo ?? undefined,
          altTexts: media.map(({ description }) => description ?? ""),
        })),
    listCalls: () => proxy.moments.filter((_, index) => index >= before && proxy.calls[index] === `POST ${PUBLISH}`),
    disturb: (...disturbances) => proxy.disturb(PUBLISH, ...disturbances),
    disturbEachOnce: (disturbance) => proxy.disturbEachOnce(PUBLISH, disturbance),
    revoke: async () => {
      for (const [token, grant] of server.tokens) if (grant.username === username) server.tokens.delete(token);
    },
  };
}

// What a browser does: it is sent to the server, agrees there, and is sent back.
async function agree(user: User, username: string, proxy: TestProxy): Promise<string> {
  const { authorization_url } = begunSchema.parse(await connectAccount(user, "mastodon", { instance: proxy.url }));
  const form = new URLSearchParams(new URL(authorization_url).search);
  form.set("username", username);
  form.set("decision", "agree");
  const agreed = await fetch(`${proxy.url}/oauth/authorize`, { method: "POST", body: form, redirect: "manual" });
  const callback = agreed.headers.get("location") ?? "";
  const back = await fetch(callback, { headers: { Cookie: user.cookie }, redirect: "manual" });
  const arrival = back.headers.get("location") ?? "";
  if (!arrival.endsWith("outcome=connected")) throw new Error(`nothing was connected: ${back.status} ${arrival}`);
  const { accounts } = accountsSchema.parse((await user.ask("/api/accounts")).json);
  return accounts.findLast((account) => account.social_channel_type === "mastodon")?.account_id ?? "";
}
