import { bluesky } from "./bluesky.ts";
import { linkedin } from "./linkedin.ts";
import { forgetfulMastodon, mastodon } from "./mastodon.ts";
import { type MediaServer, startMediaServer } from "./media-server.ts";
import type { Network, NetworkServer } from "./network.ts";
import type { Pds } from "./pds.ts";
import { webhook } from "./webhook.ts";

/** Every network that is published to over the network. */
export const NETWORKS: Network[] = [webhook, mastodon, forgetfulMastodon, bluesky, linkedin];

/** A server of every network, and one that has media. */
export type World = {
  media: MediaServer;
  serverOf(network: Network): NetworkServer;
  /** The settings of a product that is to reach all of it, and that takes as many requests as come, from whom they say. */
  env: Record<string, string>;
  stop(): Promise<void>;
};

/** Starts all of it. */
export const startWorld = async (pds: Pds): Promise<World> => {
  const media = await startMediaServer();
  const servers = new Map<Network, NetworkServer>();
  for (const network of NETWORKS) servers.set(network, await network.start({ pds }));
  const placed = [...servers].flatMap(([{ name }, { apiUrl }]) => (apiUrl ? [`${name}=${apiUrl}`] : []));
  const settings = [...servers.values()].map((server) => server.settings ?? {});
  const hosts = [media, ...servers.values()].map(({ host }) => host);
  return {
    media,
    serverOf: (network) => {
      const server = servers.get(network);
      if (!server) throw new Error(`there is no server of ${network.title}`);
      return server;
    },
    env: {
      ...Object.assign({}, ...settings),
      NETWORK_API_URLS: placed.join(","),
      OUTBOUND_ALLOWED_HOSTS: hosts.join(","),
      RATE_LIMIT_PER_MINUTE: "1000000",
      TRUSTED_PROXIES: "1",
    },
    stop: async () => {
      for (const server of [media, ...servers.values()]) await server.stop();
    },
  };
};
