import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { User } from "#lib/testing/console/user";
import { type FakeLinkedin, startLinkedin } from "#lib/testing/linkedin/start-linkedin";
import { connectAccount } from "./connect-account.ts";
import type { Network, NetworkAccount, NetworkServer } from "./network.ts";
import { startProxy, type TestProxy } from "./proxy.ts";

const PUBLISH = "/rest/posts";

const begunSchema = z.object({ authorization_url: z.url() });
const accountsSchema = z.object({
  accounts: z.array(z.object({ account_id: z.string(), social_channel_type: z.string() })),
});

/** Members of LinkedIn, as its documentation and its users describe it. */
export const linkedin: Network = {
  title: "linkedin",
  name: "linkedin",
  // A bracket counts as two, because it is sent with a backslash.
  limits: [
    {
      longest: `${"(".repeat(1000)}${"é".repeat(1000)}`,
      tooLong: `${"(".repeat(1000)}${"é".repeat(1001)}`,
      limit: 3000,
    },
  ],
  images: 20,
  imageBytes: 5_000_000,
  hasThreads: false,
  toPatience: (until) => ({ "retry-after": String(Math.ceil((until.getTime() - Date.now()) / 1000)) }),
  start: async () => startServer(),
};

async function startServer(): Promise<NetworkServer> {
  const server = await startLinkedin();
  const proxy = await startProxy(server.port);
  const { clientId, clientSecret } = server.settings;
  return {
    host: `127.0.0.1:${proxy.port}`,
    apiUrl: proxy.url,
    settings: { LINKEDIN_CLIENT_ID: clientId, LINKEDIN_CLIENT_SECRET: clientSecret },
    connect: (user) => connect(user, server, proxy),
    stop: async () => {
      await proxy.stop();
      await server.stop();
    },
  };
}

async function connect(user: User, server: FakeLinkedin, proxy: TestProxy): Promise<NetworkAccount> {
  const name = randomUUID();
  const accountId = await agree(user, name);
  // Nothing that was done to another account is to befall this one.
  proxy.calmDown();
  const before = proxy.calls.length;
  return {
    accountId,
    listPosts: async () =>
      server.posts
        .filter(({ member }) => member.name === name)
        .map(({ urn, text, altTexts }) => ({ id: urn, text, parentId: undefined, altTexts })),
    listCalls: () => proxy.moments.filter((_, index) => index >= before && proxy.calls[index] === `POST ${PUBLISH}`),
    disturb: (...disturbances) => proxy.disturb(PUBLISH, ...disturbances),
    disturbEachOnce: (disturbance) => proxy.disturbEachOnce(PUBLISH, disturbance),
    revoke: async () => {
      for (const [token, { member }] of server.tokens) if (member.name === name) server.tokens.delete(token);
    },
  };
}

// What a browser does: it is sent to LinkedIn, agrees there, and is sent back.
async function agree(user: User, name: string): Promise<string> {
  const { authorization_url } = begunSchema.parse(await connectAccount(user, "linkedin", {}));
  const { origin, pathname, search } = new URL(authorization_url);
  const form = new URLSearchParams(search);
  form.set("member", name);
  form.set("decision", "allow");
  const agreed = await fetch(`${origin}${pathname}`, { method: "POST", body: form, redirect: "manual" });
  const back = await fetch(agreed.headers.get("location") ?? "", {
    headers: { Cookie: user.cookie },
    redirect: "manual",
  });
  const arrival = back.headers.get("location") ?? "";
  if (!arrival.endsWith("outcome=connected")) throw new Error(`nothing was connected: ${back.status} ${arrival}`);
  const { accounts } = accountsSchema.parse((await user.ask("/api/accounts")).json);
  return accounts.findLast((account) => account.social_channel_type === "linkedin")?.account_id ?? "";
}
