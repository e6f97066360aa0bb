import { describeProblem } from "#components/console/describe-problem";
import type { Draft } from "#components/posts/draft";
import type { PostsText } from "#components/posts/posts-text";
import type { Refusal, Sent } from "#components/posts/send-post";

/** A problem with a draft and its place: `account`, `when`, `text.0`, `media.0`, or the whole `form`. */
export type Fault = { place: string; sentence: string };

/** The place and message of the problem that a refusal reports. */
export const findFault = (
  { problem, refusal }: Exclude<Sent, { post: object }>,
  draft: Draft,
  text: PostsText,
): Fault => {
  const sentence = describeProblem(problem, text);
  return { place: refusal ? toPlace(refusal, draft) : "form", sentence };
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
