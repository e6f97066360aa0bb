import { toExcerpt } from "#components/posts/to-excerpt";
import { fill, type Messages } from "#lib/i18n/schema";
import type { PostDetail } from "#lib/posts/schema";

const NAME_LENGTH = 40;

/** The screen reader announcement for changed posts: a short sentence for any number of them. */
export const toNews = (changed: PostDetail[], text: Messages["posts"]): string => {
  const [first] = changed;
  if (!first) return "";
  if (changed.length > 1) return fill(text.manyChanged, { count: changed.length });
  return fill(text.changed, { post: toName(first, text), state: text.states[first.status] });
};

/** A post's name within a sentence: the beginning of its text. */
export const toName = (post: PostDetail, text: Messages["posts"]): string => {
  const characters = [...toExcerpt(post, text)];
  return characters.length > NAME_LENGTH ? `${characters.slice(0, NAME_LENGTH).join("")}…` : characters.join("");
};
