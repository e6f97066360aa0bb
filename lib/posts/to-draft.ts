import { ApiError } from "#lib/errors";
import type { PostOptions } from "#lib/networks/connector";
import type { OptionsByNetwork } from "#lib/networks/options";
import { findConnector } from "#lib/networks/registry";
import { isEmpty, withoutInvisible } from "#lib/pasted/schema";
import { readSchedule } from "#lib/posts/read-schedule";
import type { CreatePost, Part } from "#lib/posts/schema";
import { say } from "#lib/problems/problem";

/** The post that a caller wants published, in the one shape that is used behind the HTTP edge. */
export type Draft = {
  accountId: string | undefined;
  /** Several accounts instead, each of which gets a post of its own. */
  accountIds?: string[] | undefined;
  /** The network that `platform` or `targetType` names. */
  network: string | undefined;
  parts: [Part, ...Part[]];
  /** What is asked of each network alone; absent when nothing is. */
  options?: OptionsByNetwork | undefined;
  /** Null means now. */
  scheduledAt: Date | null;
};

/** What a draft asks of one network alone. Undefined when it asks nothing. */
export const toOptions = ({ options }: Draft, network: string): PostOptions | undefined =>
  options?.[network as keyof OptionsByNetwork];

type Content = Exclude<NonNullable<CreatePost["post"]["content"]>, string>;
// Keeps error responses short.
const MAX_NAMED = 50;
const MAX_NAME_LENGTH = 100;

type Media = { mediaUrls?: string | string[] | undefined; altTexts?: string | string[] | undefined };

/** Converts every accepted spelling of a post into one shape. Throws a 400 naming a field that is missing or given twice. */
export const toDraft = (body: CreatePost): Draft => {
  const { post } = body;
  const content: Content = typeof post.content === "string" ? { text: post.content } : (post.content ?? {});
  for (const name of ["text", "mediaUrls", "altTexts", "platform"] as const)
    refuseBoth(name, content[name], post[name]);
  const given = content.text ?? post.text;
  const [first = "", ...rest] = toArray(given);
  const media = { mediaUrls: content.mediaUrls ?? post.mediaUrls, altTexts: content.altTexts ?? post.altTexts };
  const parts: Draft["parts"] = [
    toPart(first, media),
    ...rest.map((text) => toPart(text, {})),
    ...(content.additionalPosts ?? []).filter(isFilledIn).map((part) => toPart(part.text ?? "", part)),
  ];
  requireContent(parts, given === undefined);
  const network = toNetwork(content.platform ?? post.platform, post.target);
  // If the network itself is unknown, that is the error to report; the members of `target` do not matter then.
  if (network === undefined || findConnector(network)) refuseUnknown(post.target);
  return {
    accountId: post.accountId,
    ...(post.accountIds && { accountIds: toAccountIds(post.accountIds, post.accountId) }),
    network,
    parts,
    ...(post.options && { options: post.options }),
    scheduledAt: readSchedule(body),
  };
};

function toAccountIds(ids: string[], accountId: string | undefined): string[] {
  const again = ids.findIndex((id, index) => ids.findIndex((other) => isSameId(id, other)) !== index);
  if (accountId === undefined && again === -1) return ids;
  const problem = again === -1 ? say("accounts_two_ways") : say("account_twice");
  const field = again === -1 ? "post.accountIds" : `post.accountIds.${again}`;
  throw new ApiError("InvalidRequest", problem, { fields: { [field]: [problem] } });
}

function isSameId(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function isFilledIn(part: object): boolean {
  return Object.values(part).some((member) => member !== undefined);
}

// An item of a media list may be empty. Its position is then dropped from both lists.
function toPart(text: string, media: Media): Part {
  const [urls, alts] = [toArray(media.mediaUrls), toArray(media.altTexts)];
  const places = Array.from({ length: Math.max(urls.length, alts.length) }, (_, index) => index);
  if (places.some((index) => !urls[index] && alts[index])) throw tooManyAltTexts(alts.length, urls.length);
  const given = places.filter((index) => urls[index]);
  const altTexts = given.map((index) => alts[index] ?? "");
  const last = altTexts.findLastIndex((alt) => alt !== "");
  return { text, mediaUrls: given.map((index) => urls[index] ?? ""), altTexts: altTexts.slice(0, last + 1) };
}

function tooManyAltTexts(altTexts: number, media: number): ApiError {
  const problem = say("alt_texts_many", { texts: altTexts, media });
  const code = media === 0 ? "MediaRequired" : "InvalidRequest";
  return new ApiError(code, problem, { fields: { "post.content.altTexts": [problem] } });
}

function toArray(value: string | string[] | undefined): string[] {
  if (value === undefined) return [];
  return typeof value === "string" ? [value] : value;
}

function refuseBoth(name: string, inContent: unknown, inPost: unknown): void {
  if (inContent === undefined || inPost === undefined) return;
  const problem = say("given_twice", { name });
  throw new ApiError("InvalidRequest", problem, { fields: { [`post.${name}`]: [problem] } });
}

// Ignoring a member such as `visibility` could make a post public that its author wanted to restrict.
function refuseUnknown(target: object = {}): void {
  const given = Object.entries(target).filter(([name, value]) => name !== "targetType" && !isEmpty(value));
  const names = given
    .slice(0, MAX_NAMED)
    .map(([name]) => `post.target.${name.slice(0, MAX_NAME_LENGTH).toWellFormed()}`);
  if (names.length === 0) return;
  const problem = say("field_unknown");
  const fields = Object.fromEntries(names.map((name) => [name, [problem]]));
  throw new ApiError("InvalidRequest", problem, { at: String(names[0]), fields });
}

function requireContent(parts: Part[], isTextMissing: boolean): void {
  const index = parts.findIndex((part) => withoutInvisible(part.text) === "" && part.mediaUrls.length === 0);
  if (index === -1) return;
  if (index === 0 && isTextMissing) {
    const path = "post.content.text";
    throw new ApiError("MissingParameter", say("field_missing", { path }), {
      fields: { [path]: [say("field_required")] },
    });
  }
  const field = parts.length === 1 ? "post.content.text" : `post.content.text.${index}`;
  const problem = say("content_missing");
  throw new ApiError("TextRequired", problem, { fields: { [field]: [problem] } });
}

function toNetwork(platform: string | undefined, target: { targetType?: string | undefined } | undefined) {
  const [named, aimed] = [platform, target?.targetType].map((name) => (name === "twitter" ? "x" : name));
  if (named === undefined || aimed === undefined || named === aimed) return named ?? aimed;
  const problem = say("networks_differ", { named, aimed });
  throw new ApiError("InvalidPlatform", problem, { fields: { "post.target.targetType": [problem] } });
}
