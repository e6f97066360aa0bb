import type { Messages } from "#lib/i18n/schema";

const PARTS = ["posts", "postErrors", "compose", "dialog", "problem"] as const;

/** The messages that the page of posts shows, and no others: they travel to the browser with the page. */
export type PostsText = Pick<Messages, (typeof PARTS)[number]>;

/** Picks them out of all messages. */
export const toPostsText = (text: Messages): PostsText =>
  Object.fromEntries(PARTS.map((part) => [part, text[part]])) as PostsText;
