/** The built-in network that shows posts on a page of this installation and nowhere else. */
export const sandbox = {
  network: "sandbox",
  textLimit: 10_000,
  partsLimit: 25,
  mediaLimit: 10,
  /** Where a post appears. The network's id of a post is the post's own. */
  toPostUrl: (publicUrl: string, accountId: string, postId: string): string =>
    `${publicUrl}/sandbox/${accountId}#post-${postId}`,
} as const;
