import { z } from "zod";
import type { OpenedMedium } from "#lib/media/open-medium";
import type { Capabilities, ConnectField } from "#lib/networks/schema";
import type { Problem } from "#lib/problems/problem";

/** What a network issued to act for a user on it. It is stored encrypted, and only the network's connector reads it. */
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

/** What a network reports about an account. */
export type AccountFacts = { username: string; displayName: string; capabilities: Capabilities };

/** A new connection. `shown` is displayed to the user once, for example a signing secret. */
export type Connection = AccountFacts & {
  networkUserId: string;
  serverUrl: string | null;
  credential: Credential;
  /** By the clock of `lib/clock`. */
  expiresAt: Date | null;
  shown?: Record<string, string>;
};

/** A connection that the user must approve on the network's own page (OAuth 2.0 authorization code). */
export type Authorization = { authorizationUrl: string; serverUrl: string; credential: Credential };

/** Several accounts that the user may act for. `label` is what the user knows each by; `id` names it among the others. */
export type Choices = { choices: { id: string; label: string; connection: Omit<Connection, "shown"> }[] };

export type Medium = { url: string; altText: string };

/** One text with its media: a post, or a part of a thread. */
export type PostPart = { text: string; media: Medium[] };

/** A published part. `reference` is what a reply to it must contain. */
export type PublishedPart = { networkPostId: string; url: string; reference: Record<string, string> };

/** The first part of the thread, and the part to reply to. Absent for the first part. */
export type Thread = { root: PublishedPart; parent: PublishedPart };

/** What an author asks of one network alone: its member of `post.options`. */
export type PostOptions = Record<string, unknown>;

/** A part that is to be published. */
export type PlannedPart = {
  postId: string;
  index: number;
  part: PostPart;
  /** Derived from post and part, so a restored backup sends the part under the same identity. */
  identity: string;
  thread: Thread | undefined;
  /** When the post was accepted. It is as permanent as the post's id. */
  acceptedAt: Date;
  options?: PostOptions | undefined;
};

/** The input of the irreversible call. */
export type Submission = PlannedPart & {
  /** When the part was first about to be sent, after the last time the network certainly did not have it. */
  createdAt: Date;
  /** The most milliseconds by which the clock of these times may be ahead of this process's clock. */
  clockDifference?: number;
  /** Network ids of the account's other publications since then, which must not be mistaken for this part. */
  taken?: readonly string[];
  /** Whether an earlier call may have published it, because `reconcile` answered `again`. */
  mayBeThere?: boolean;
};

/** What `prepare` may use. */
export type Preparation<Prepared> = {
  /** Opens a medium within the account's limits. Throws `MediaError`. */
  open(medium: Medium): Promise<OpenedMedium>;
  /** What an earlier call left for this part, in a `NetworkError` or as a handle of which nothing was published. */
  earlier?: Prepared | undefined;
  /** Tells the author what is changed or left out on the way. */
  warn?(problem: Problem): void;
};

/**
 * A network's connector. Every call may throw `NetworkError`, none writes to the database, only `publish` is irreversible.
 * To wait for the network, a call throws one that `isUnderWay`, with the time to ask again in `retryAt`.
 */
export type Connector<Prepared = unknown> = {
  network: string;
  label: string;
  /** What an account accepts, unless its server reports otherwise. */
  capabilities: Capabilities;
  /** Whether each server reports its own limits. If absent, all servers have the same. */
  serversDiffer?: boolean;
  /**
   * Given where what `prepare` returns names something at the network: a container, a draft, uploads. This handle is stored
   * with the boundary. If an answer is lost, `reconcile` receives it, and only this handle is published again.
   */
  handleSchema?: z.ZodType<Prepared>;
  /** Whether `prepare` makes something at the network for a text without media as well. */
  preparesText?: boolean;
  /** Names of the operator's settings without which nobody can connect, as far as they are missing now. */
  missingSettings?(): string[];
  /** What this installation needs: `https` for the redirect URI, `public_address` where the network fetches media. */
  needs?: readonly ("https" | "public_address")[];
  /** The version of the network's API, and the day on which the network ends it. */
  apiVersion?: { name: string; endsOn: string };
  /** Errors, besides `access_denied`, with which the user comes back after declining. */
  denials?: readonly string[];
  /** What counts towards the limit of a text besides the text, for example a content warning. */
  toCounted?(options: PostOptions): string;
  /** What the user must give to connect. */
  connectFields: readonly ConnectField[];
  /** Starts a connection from what the user gave. Throws `ConnectError` naming the wrong field. */
  connect?(
    given: Record<string, string>,
    callback: { url: string; state: string },
  ): Promise<Connection | Authorization | Choices>;
  /** Completes an authorization with the query that the user brought back, without its `state`. */
  authorize?(begun: Authorization, query: Record<string, string>, callbackUrl: string): Promise<Connection | Choices>;
  /**
   * Receives the error that the user brought back instead of a code, so that the next attempt may ask for something else.
   */
  decline?(begun: Authorization, error: string): void;
  /** Checks that the credential still works and returns the network's facts about the account. Read-only. */
  check(account: ConnectedAccount): Promise<AccountFacts>;
  /**
   * Exchanges a credential for a new one: when half of its life is over, or when it has expired. Only one process at a time
   * calls it for an account.
   */
  refresh?(account: ConnectedAccount): Promise<{ credential: Credential; expiresAt: Date | null }>;
  /** How old a credential must be before the network refreshes it. */
  refreshAfterSeconds?: number;
  /** Revokes the credential, so that nobody can use it any more. */
  disconnect?(account: ConnectedAccount): Promise<void>;
  /**
   * Uploads media. May be repeated: what it makes stays invisible until it is published. Throws any error of `open`
   * (`MediaError`), and a `MediaError` of its own for a medium that is too large or of an unsupported type.
   */
  prepare(account: ConnectedAccount, planned: PlannedPart, preparation: Preparation<Prepared>): Promise<Prepared>;
  /** Publishes a part. This call is irreversible. */
  publish(account: ConnectedAccount, submission: Submission, prepared: Prepared): Promise<PublishedPart>;
  /**
   * Finds the outcome of a `publish` that got no answer. Returns the part if the network has it; `resend` if it does not,
   * or if sending the same again is harmless; `again` if the network can only be asked by sending the same again, so that
   * whatever `publish` then throws leaves the outcome open; `gone` if it does not have it and the handle can never be
   * published any more, so that the part is prepared anew; `unknown` if it cannot be determined.
   */
  reconcile(
    account: ConnectedAccount,
    submission: Submission,
    handle?: Prepared,
  ): Promise<PublishedPart | "resend" | "again" | "gone" | "unknown">;
};

/** A bearer token: printable ASCII that is valid in a header, with a maximum length. */
export const tokenSchema = z.string().regex(/^[\x21-\x7e]{1,8192}$/);
