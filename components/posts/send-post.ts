import type { Problem } from "#components/console/call-api";
import { localeHeader } from "#components/console/locale-header";
import type { CreatePost, Post } from "#lib/posts/schema";

/** What the API said of a post that it did not take. */
export type Refusal = {
  error?: string;
  message?: string;
  fields?: Record<string, string[]>;
  part?: number;
};

/** The post, also when its network refused it; or what went wrong before there was one. */
export type Sent = { post: Post; problem?: never } | { problem: Problem; refusal?: Refusal; post?: never };

// Longer than the server waits for a network.
const PATIENCE_MILLISECONDS = 45_000;

/** Sends a post. The same key with the same body sends it once, however often that is done. */
export const sendPost = async (body: CreatePost, idempotencyKey: string): Promise<Sent> => {
  try {
    const response = await fetch("/api/posts", {
      method: "POST",
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE_MILLISECONDS),
      headers: {
        "Content-Type": "application/json",
        "Idempotency-Key": idempotencyKey,
        ...localeHeader(),
      },
      body: JSON.stringify(body),
    });
    if (response.status === 401) return { problem: { kind: "session" } };
    const { data: post, ...refusal }: Refusal & { data?: Post } = await response.json();
    if (post) return { post };
    const { message, fields = {} } = refusal;
    return { problem: { kind: "refused", status: response.status, message, fields }, refusal };
  } catch {
    return { problem: { kind: "network" } };
  }
};
