import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { openHttpBrowser } from "#lib/testing/console/http-browser";
import type { User } from "#lib/testing/console/user";
import { type FakeMastodon, startMastodon } from "#lib/testing/mastodon/start-mastodon";

/** A receiver of webhooks whose answers a test decides. */
export type Receiver = { host: string; answer: number; stop(): Promise<void> };

/** Networks of our own on loopback, which a server may reach that is started with `allowedHosts`. */
export type TestNetworks = {
  receiver: Receiver;
  mastodon: FakeMastodon;
  allowedHosts: string;
  stop(): Promise<unknown>;
};

export const startTestNetworks = async (): Promise<TestNetworks> => {
  const [receiver, mastodon] = [await startReceiver(), await startMastodon()];
  return {
    receiver,
    mastodon,
    allowedHosts: `${receiver.host},127.0.0.1:${mastodon.port}`,
    stop: () => Promise.all([receiver.stop(), mastodon.stop()]),
  };
};

async function startReceiver(): Promise<Receiver> {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(receiver.answer).end();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const receiver: Receiver = {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer: 204,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return receiver;
}

/** Connects a user to the receiver, which has to answer 204, and returns the account's id. */
export const connectReceiver = async (user: User, { host }: Receiver): Promise<string> => {
  const fields = { url: `http://${host}/posts` };
  const { json, text } = await user.ask("/api/accounts", { json: { network: "webhook", fields } });
  if (typeof json.account_id !== "string") throw new Error(`the receiver was not connected: ${text}`);
  return json.account_id;
};

/** Connects a user to the Mastodon server, agreeing on its page, and returns the account's id. */
export const connectMastodon = async (user: User, mastodon: FakeMastodon): Promise<string> => {
  const fields = { instance: mastodon.url };
  const { json, text } = await user.ask("/api/accounts", { json: { network: "mastodon", fields } });
  if (typeof json.authorization_url !== "string") throw new Error(`the server was not asked: ${text}`);
  const { searchParams } = new URL(json.authorization_url);
  const form = { ...Object.fromEntries(searchParams), username: "alice", decision: "agree" };
  const { location } = await openHttpBrowser().open(`${mastodon.url}/oauth/authorize`, form);
  const { pathname, search } = new URL(location ?? "");
  await user.ask(pathname + search);
  const { accounts } = (await user.ask("/api/accounts")).json as { accounts: Record<string, string>[] };
  const id = accounts.find((account) => account.social_channel_type === "mastodon")?.account_id;
  if (!id) throw new Error("the account was not connected");
  return id;
};

/**
 * Makes the next post to a Mastodon account one of which nobody knows whether it was published: it is accepted, the
 * answer is lost, and the server will not say what it has.
 */
export const loseNextPost = (mastodon: FakeMastodon): void => {
  mastodon.fail({ method: "POST", path: "/api/v1/statuses", isDone: true });
  mastodon.fail({ method: "GET", path: "/api/v1/accounts/", answer: { status: 404, body: { error: "Not found" } } });
};
