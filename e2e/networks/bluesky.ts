import { z } from "zod";
import type { User } from "#lib/testing/console/user";
import { connectAccount } from "./connect-account.ts";
import type { Network, NetworkAccount, NetworkServer } from "./network.ts";
import type { Pds } from "./pds.ts";

const PUBLISH = "/xrpc/com.atproto.repo.putRecord";
const REFRESH = "/xrpc/com.atproto.server.refreshSession";
const FAMILY = "👨‍👩‍👧‍👦";

const postSchema = z.object({
  text: z.string(),
  reply: z.object({ parent: z.object({ uri: z.string() }) }).optional(),
  embed: z.object({ images: z.array(z.object({ alt: z.string() })).default([]) }).optional(),
});
const connectedSchema = z.object({ account_id: z.string() });

/** The official server of the AT Protocol. */
export const bluesky: Network = {
  title: "bluesky",
  name: "bluesky",
  limits: [
    { longest: "e\u0301".repeat(300), tooLong: "e\u0301".repeat(301), limit: 300 },
    { longest: FAMILY.repeat(120), tooLong: `${FAMILY.repeat(120)}.`, limit: 3000 },
  ],
  images: 4,
  imageBytes: 2_000_000,
  toPatience: (until) => ({ "ratelimit-reset": String(Math.ceil(until.getTime() / 1000)) }),
  start: async ({ pds }): Promise<NetworkServer> => ({
    host: `127.0.0.1:${pds.proxy.port}`,
    connect: (user) => connect(user, pds),
    // Whoever started the server stops it.
    stop: async () => {},
  }),
};

async function connect(user: User, pds: Pds): Promise<NetworkAccount> {
  const { proxy } = pds;
  const person = await pds.createAccount();
  const fields = { identifier: person.handle, app_password: person.appPassword, server: proxy.url };
  const connected = connectedSchema.parse(await connectAccount(user, "bluesky", fields));
  // Nothing that was done to another account is to befall this one.
  proxy.calmDown();
  const before = proxy.calls.length;
  const count = (path: string) => proxy.calls.slice(before).filter((call) => call === `POST ${path}`).length;
  return {
    accountId: connected.account_id,
    listPosts: async () => {
      const records = await pds.listPosts(person.did);
      return records.reverse().map(({ uri, value }) => {
        const { text, reply, embed } = postSchema.parse(value);
        return { id: uri, text, parentId: reply?.parent.uri, altTexts: embed?.images.map(({ alt }) => alt) ?? [] };
      });
    },
    listCalls: () => proxy.moments.filter((_, index) => index >= before && proxy.calls[index] === `POST ${PUBLISH}`),
    disturb: (...disturbances) => proxy.disturb(PUBLISH, ...disturbances),
    disturbEachOnce: (disturbance) => proxy.disturbEachOnce(PUBLISH, disturbance),
    revoke: async () => {
      await pds.revokeAppPassword(person);
      // It takes effect when the session ends.
      expireToken(pds);
    },
    expire: () => {
      expireToken(pds, () => count(REFRESH) > 0);
      return () => count(REFRESH);
    },
  };
}

// The token that is used next has become too old when it arrives, then and whenever it comes again. Two sessions that
// begin in the same second have the same token, so that a fresh one cannot be told by itself.
function expireToken(pds: Pds, isRefreshed = () => false): void {
  let old: string | undefined;
  pds.proxy.changeHeaders((headers) => {
    const token = headers.authorization?.replace(/^Bearer /, "");
    if (!token || isRefreshed()) return headers;
    old ??= token;
    return token === old ? { ...headers, authorization: `Bearer ${pds.toExpired(token)}` } : headers;
  });
}
