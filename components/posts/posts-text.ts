import type { Messages } from "#lib/i18n/schema";

const PARTS = ["posts", "postErrors", "compose", "dialog", "problem"] as const;

/** Only the messages that the posts page shows, because they are sent to the browser with the page. */
export type PostsText = Pick<Messages, (typeof PARTS)[number]>;

/** Selects them from all messages. */
export const toPostsText = (text: Messages): PostsText =>
  Object.fromEntries(PARTS.map((part) => [part, text[part]])) as PostsText;
