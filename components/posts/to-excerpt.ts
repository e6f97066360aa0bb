import type { Messages } from "#lib/i18n/schema";
import type { PostDetail } from "#lib/posts/schema";

/** The text that identifies a post: that of the first part with text. */
export const toExcerpt = ({ text }: Pick<PostDetail, "text">, words: Messages["posts"]): string =>
  text.find((part) => part.trim() !== "") ?? words.noText;
