import type { Messages } from "#lib/i18n/schema";
import type { PostDetail } from "#lib/posts/schema";

/** What a post is recognised by: the text of its first part that has one. */
export const toExcerpt = ({ text }: Pick<PostDetail, "text">, words: Messages["posts"]): string =>
  text.find((part) => part.trim() !== "") ?? words.noText;
