import { z } from "zod";
import type { OpenedMedium } from "#lib/media/open-medium";
import type { Capabilities, ConnectField } from "#lib/networks/schema";

/** What a network gave this installation to act for a user: kept encrypted, and read by its own connector alone. */
export type Credential = Record<string, string>;

/** An account as its connector sees it. */
export type ConnectedAccount = {
  accountId: string;
  networkUserId: string;
  username: string;
  serverUrl: string | null;
  credential: Credential;
  capabilities: Capabilities;
};

/** What a network says of an account. */
export type AccountFacts = { username: string; displayName: string; capabilities: Capabilities };

/** A new connection. `shown` is told to the user once, for example a signing secret. */
export type Connection = AccountFacts & {
  networkUserId: string;
  serverUrl: string | null;
  credential: Credential;
  expiresAt: Date | null;
  shown?: Record<string, string>;
};

/** A connection that the user has to agree to on the network's own page (OAuth 2.0 authorization code). */
export type Authorization = { authorizationUrl: string; serverUrl: string; credential: Credential };

export type Medium = { url: string; altText: string };

/** One text with its media: a post, or a part of a thread. */
export type PostPart = { text: string; media: Medium[] };

/** A part at its network. `reference` is what an answer to it has to name. */
export type PublishedPart = { networkPostId: string; url: string; reference: Record<string, string> };

/** The parts before this one: the first, and the one that it answers. Absent for the first part. */
export type Thread = { root: PublishedPart; parent: PublishedPart };

/** What the irreversible call is made with. */
export type Submission = {
  postId: string;
  index: number;
  part: PostPart;
  /** Derived from post and part, so that also a backup that was restored sends the part under the same one. */
  identity: string;
  thread: Thread | undefined;
  /** When the post was accepted: as lasting as its id. */
  acceptedAt: Date;
  /** When it was about to be sent, the first time since the network certainly had nothing of it. */
  createdAt: Date;
  /** By how many milliseconds, at most, the clock of these moments is ahead of this process's. */
  clockDifference?: number;
  /** Ids at the network of what else was published by the account since then, so that none is taken for this part. */
  taken?: readonly string[];
};

/**
 * One network. Every call may throw `NetworkError`; nothing here writes to the database, and only `publish` does what
 * cannot be undone.
 */
export type Connector<Uploaded = unknown> = {
  network: string;
  label: string;
  /** What an account of it takes, unless its server says otherwise. */
  capabilities: Capabilities;
  /** Whether each server says for itself what it takes; absent, all take the same. */
  serversDiffer?: boolean;
  /** What the user gives to connect; none when the account is built in. */
  connectFields: readonly ConnectField[];
  /** Begins a connection from what the user gave. Throws `ConnectError` naming the field that is wrong. */
  connect?(
    given: Record<string, string>,
    callback: { url: string; state: string },
  ): Promise<Connection | Authorization>;
  /** Ends a connection that began with an authorization, with the code that the user came back with. */
  authorize?(begun: Authorization, code: string, callbackUrl: string): Promise<Connection>;
  /** Is told with which error a user came back instead of a code, so that the next time something else may be asked for. */
  decline?(begun: Authorization, error: string): void;
  /** Asks the network whether the credential still works and what it says of the account. Changes nothing there. */
  check(account: ConnectedAccount): Promise<AccountFacts>;
  /** A fresh credential for one that expired. Only one process calls it at a time for an account. */
  refresh?(account: ConnectedAccount): Promise<{ credential: Credential; expiresAt: Date | null }>;
  /** Gives the credential back, so that nobody can use it any more. */
  disconnect?(account: ConnectedAccount): Promise<void>;
  /**
   * Uploads media. May be done again and again: nothing of it can be seen until it is published. Throws what `open` throws
   * as well (`MediaError`), and a `MediaError` of its own for what is too large or of a type that it does not take.
   */
  prepare(
    account: ConnectedAccount,
    part: PostPart,
    open: (medium: Medium) => Promise<OpenedMedium>,
  ): Promise<Uploaded>;
  /** Publishes a part: the call that cannot be undone. */
  publish(account: ConnectedAccount, submission: Submission, uploaded: Uploaded): Promise<PublishedPart>;
  /**
   * Finds out what became of a `publish` without an answer: the part when the network has it, `resend` when it does not or
   * when it takes the same identity twice without harm, `unknown` when nobody can tell.
   */
  reconcile(account: ConnectedAccount, submission: Submission): Promise<PublishedPart | "resend" | "unknown">;
};

/** What can be sent as a bearer token: signs that a header holds, and not without end. */
export const tokenSchema = z.string().regex(/^[\x21-\x7e]{1,8192}$/);
