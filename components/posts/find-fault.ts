import { describeProblem, toOwnWords } from "#components/console/describe-problem";
import type { Draft } from "#components/posts/draft";
import type { PostsText } from "#components/posts/posts-text";
import type { Refusal, Sent } from "#components/posts/send-post";
import { fill } from "#lib/i18n/schema";

/** What is wrong with a draft, and where: `account`, `when`, `text.0`, `media.0`, or the whole `form`. */
export type Fault = { place: string; sentence: string };

/** What a refusal says about a draft, in the reader's language. */
export const findFault = (
  { problem, refusal }: Exclude<Sent, { post: object }>,
  draft: Draft,
  text: PostsText,
): Fault => {
  if (!refusal) return { place: "form", sentence: describeProblem(problem, text) };
  return { place: toPlace(refusal, draft), sentence: toSentence(refusal, text) ?? describeProblem(problem, text) };
};

function toPlace({ fields = {}, part = 0 }: Refusal, { parts }: Draft): string {
  const [field = ""] = Object.keys(fields);
  if (field === "post.accountId") return "account";
  if (/schedul/i.test(field)) return "when";
  if (field.startsWith("post.content.text")) return `text.${/\d+$/.exec(field)?.[0] ?? part}`;
  const withMedia = parts.flatMap(({ media }, index) => (media.length > 0 ? [index] : []));
  const isClear = /mediaUrls|altTexts/.test(field) && withMedia.length === 1;
  return isClear ? `media.${withMedia[0]}` : "form";
}

function toSentence({ error = "", message, length = 0, limit = 0 }: Refusal, text: PostsText): string | undefined {
  const known: Record<string, string> = text.postErrors;
  if (!Object.hasOwn(known, error)) return message && toOwnWords(message, text);
  const sentence = fill(known[error] ?? "", { length, limit });
  // Which of several addresses is meant, the name of the error does not say.
  return message?.includes("://") ? `${sentence} ${message}` : sentence;
}
