import type { Problem } from "#components/console/call-api";
import { localeHeader } from "#components/console/locale-header";
import type { CreatePost, Post } from "#lib/posts/schema";

/** The API's reasons for refusing a post. */
export type Refusal = {
  error?: string;
  message?: string;
  fields?: Record<string, string[]>;
  part?: number;
};

/** The post, even when its network refused it, or the problem that prevented one. */
export type Sent = { post: Post; problem?: never } | { problem: Problem; refusal?: Refusal; post?: never };

// Longer than the server waits for a network.
const PATIENCE_MILLISECONDS = 45_000;

/** Sends a post. Repeating it with the same key and body sends the post only once. */
export const sendPost = async (path: string, body: CreatePost, idempotencyKey: string): Promise<Sent> => {
  try {
    const response = await fetch(path, {
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
