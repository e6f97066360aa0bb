import type { User } from "#lib/testing/console/user";
import type { Pds } from "./pds.ts";
import type { Disturbance } from "./proxy.ts";

/** A kind of network: what it takes, known before any server of it runs. */
export type Network = {
  /** As tests call it. */
  title: string;
  /** As the product calls it. */
  name: string;
  /** Texts that just fit, and the same with one more. */
  limits: Limit[];
  /** How many images a post may have. */
  images: number;
  /** How large an image may be; absent where media are named by their addresses and nobody looks at them. */
  imageBytes?: number;
  /** Absent where it has threads. Otherwise a thread is refused. */
  hasThreads?: false;
  /** The headers by which its servers ask to be called again at a moment, and not before. */
  toPatience(until: Date): Record<string, string>;
  start(given: { pds: Pds }): Promise<NetworkServer>;
};

export type Limit = { longest: string; tooLong: string; limit: number };

/** A server of a network, which the product is told to reach. */
export type NetworkServer = {
  /** Host and port, for the operator to allow. */
  host: string;
  /** Where the product finds it, if the operator has to say so. */
  apiUrl?: string;
  /** The operator's settings for it. */
  settings?: Record<string, string>;
  /** Connects an account that nobody has used yet, through the product's own API. */
  connect(user: User): Promise<NetworkAccount>;
  stop(): Promise<void>;
};

/** An account of the product, seen from its network's side. */
export type NetworkAccount = {
  accountId: string;
  /** Everything that the server keeps of the account, oldest first. */
  listPosts(): Promise<NetworkPost[]>;
  /** When the product called to publish, whatever came of it. */
  listCalls(): Date[];
  /** Disturbs the next call that publishes, and as many after it as there are disturbances. */
  disturb(...disturbances: Disturbance[]): void;
  /** Disturbs the first call that publishes each post. Returns how many it has disturbed so far. */
  disturbEachOnce(disturbance: Disturbance): () => number;
  /** Makes the credential useless for good. */
  revoke(): Promise<void>;
  /** Makes the credential one that has to be refreshed, and counts how often it is; absent where there is no such thing. */
  expire?(): () => number;
};

export type NetworkPost = { id: string; text: string; parentId: string | undefined; altTexts: string[] };
