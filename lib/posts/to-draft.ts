import { ApiError } from "#lib/errors";
import type { CreatePost, Part } from "#lib/posts/schema";

/** What a caller wants published, in the one shape that everything behind the edge knows. */
export type Draft = {
  accountId: string | undefined;
  /** The network that was named, by `platform` or `targetType`. */
  network: string | undefined;
  parts: [Part, ...Part[]];
};

type Content = Exclude<NonNullable<CreatePost["post"]["content"]>, string>;

/** Brings every accepted spelling of a post into one shape. Throws a 400 naming the field when it says nothing, or two things. */
export const toDraft = ({ post }: CreatePost): Draft => {
  const content: Content = typeof post.content === "string" ? { text: post.content } : (post.content ?? {});
  refuseBoth("text", content.text, post.text);
  refuseBoth("mediaUrls", content.mediaUrls, post.mediaUrls);
  refuseBoth("platform", content.platform, post.platform);
  const given = content.text ?? post.text;
  const texts = toArray(given);
  const mediaUrls = toArray(content.mediaUrls ?? post.mediaUrls);
  const [first = "", ...rest] = texts;
  const parts: Draft["parts"] = [
    { text: first, mediaUrls },
    ...rest.map((text) => ({ text, mediaUrls: [] })),
    ...(content.additionalPosts ?? []).map((part) => ({ text: part.text ?? "", mediaUrls: toArray(part.mediaUrls) })),
  ];
  requireContent(parts, given === undefined);
  return { accountId: post.accountId, network: toNetwork(content.platform ?? post.platform, post.target), parts };
};

function toArray(value: string | string[] | undefined): string[] {
  if (value === undefined) return [];
  return typeof value === "string" ? [value] : value;
}

function refuseBoth(name: string, inContent: unknown, inPost: unknown): void {
  if (inContent === undefined || inPost === undefined) return;
  const message = `Give it once, as post.content.${name} or as post.${name}.`;
  throw new ApiError("InvalidRequest", message, { fields: { [`post.${name}`]: [message] } });
}

function requireContent(parts: Part[], isTextMissing: boolean): void {
  const index = parts.findIndex((part) => part.text.trim() === "" && part.mediaUrls.length === 0);
  if (index === -1) return;
  if (index === 0 && isTextMissing) {
    const fields = { "post.content.text": ["This field is required."] };
    throw new ApiError("MissingParameter", "Missing required field: post.content.text", { fields });
  }
  const field = parts.length === 1 ? "post.content.text" : `post.content.text.${index}`;
  const message = "Write a text or add media.";
  throw new ApiError("TextRequired", message, { fields: { [field]: [message] } });
}

function toNetwork(platform: string | undefined, target: { targetType?: string | undefined } | undefined) {
  const [named, aimed] = [platform, target?.targetType].map((name) => (name === "twitter" ? "x" : name));
  if (named === undefined || aimed === undefined || named === aimed) return named ?? aimed;
  const message = `post.content.platform (${named}) and post.target.targetType (${aimed}) must agree.`;
  throw new ApiError("InvalidPlatform", message, { fields: { "post.target.targetType": [message] } });
}
