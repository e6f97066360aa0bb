import type { Capabilities } from "#lib/networks/schema";

const capabilities: Capabilities = {
  text_limit: 10_000,
  text_unit: "characters",
  images: 10,
  video: true,
  thread_parts: 25,
};

/** The built-in network that shows posts on a page of this installation and nowhere else. */
export const sandbox = {
  network: "sandbox",
  capabilities,
  /** Where a post appears. The network's id of a post is the post's own. */
  toPostUrl: (publicUrl: string, accountId: string, postId: string): string =>
    `${publicUrl}/sandbox/${accountId}#post-${postId}`,
} as const;
