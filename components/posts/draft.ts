import { findMoments } from "#components/ui/find-moments";
import type { CreatePost } from "#lib/posts/schema";

const LAST_YEAR = 9999;

export type MediumDraft = { id: string; url: string; alt: string };
export type PartDraft = { id: string; text: string; media: MediumDraft[] };

/** A post while it is being written. */
export type Draft = {
  accountId: string;
  parts: PartDraft[];
  isLater: boolean;
  /** In the format of a date field, in the reader's zone: `2030-01-31T09:00`. */
  at: string;
  /** Whether the second of two moments is meant, when clocks are put back. */
  isSecond: boolean;
};

let made = 0;
const nextId = () => `${++made}`;

export const createPart = (): PartDraft => ({ id: nextId(), text: "", media: [] });
export const createMedium = (): MediumDraft => ({ id: nextId(), url: "", alt: "" });
export const createDraft = (accountId: string): Draft => ({
  accountId,
  parts: [createPart()],
  isLater: false,
  at: "",
  isSecond: false,
});

/** Whether the draft holds anything that its writer would miss. */
export const isWritten = ({ parts }: Draft): boolean =>
  parts.some(({ text, media }) => text.trim() !== "" || media.some(({ url, alt }) => url.trim() + alt.trim() !== ""));

/** The moment of the draft's time. Undefined when the time is invalid, or too late for the API to accept. */
export const toMoment = ({ at, isSecond }: Pick<Draft, "at" | "isSecond">): Date | undefined => {
  const moments = findMoments(at);
  const moment = moments?.kind === "twice" && isSecond ? moments.again : moments?.at;
  return moment && moment.getUTCFullYear() <= LAST_YEAR ? moment : undefined;
};

/** The request that publishes the draft. For a later time it includes the moment. */
export const toPostRequest = (draft: Draft): CreatePost => {
  const { accountId, parts, isLater } = draft;
  const [first = createPart(), ...rest] = parts;
  return {
    post: {
      accountId,
      content: { ...toContent(first), ...(rest.length > 0 && { additionalPosts: rest.map(toContent) }) },
      ...(isLater && { scheduledAt: toMoment(draft)?.toISOString() ?? "" }),
    },
  };
};

function toContent({ text, media }: PartDraft) {
  const given = media.filter(({ url }) => url.trim() !== "");
  return {
    text,
    ...(given.length > 0 && {
      mediaUrls: given.map(({ url }) => url.trim()),
      altTexts: given.map(({ alt }) => alt.trim()),
    }),
  };
}
