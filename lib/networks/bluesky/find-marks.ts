/** Something in a text that leads somewhere, by its place in code units. */
export type Mark = { kind: "link" | "mention" | "tag"; value: string; start: number; end: number };

const LINK = /(?<![a-z0-9])https?:\/\/[^\s<>"'「」『』（）《》【】。，、；：！？]+/giu;
const MENTION = /(?<=^|[\s(（])@((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?)/gi;
const TAG = /(?<=^|\s)[#＃]((?!\ufe0f)[^\s\p{Cf}]*[^\d\s\p{P}\p{Cf}][^\s\p{Cf}]*)/gu;
const MAX_TAG_CHARACTERS = 64;

/** Finds the addresses, mentions and hashtags of a text, in their order; what is inside of an address is part of it. */
export const findMarks = (text: string): Mark[] => {
  const found = [...findLinks(text), ...findMentions(text), ...findTags(text)].sort((a, b) => a.start - b.start);
  return found.filter(({ start }, index) => found.slice(0, index).every(({ end }) => end <= start));
};

function findLinks(text: string): Mark[] {
  return [...text.matchAll(LINK)]
    .map(({ 0: match, index }) => toMark("link", trimLink(match), index, trimLink(match).length))
    .filter(({ value }) => URL.canParse(value));
}

function findMentions(text: string): Mark[] {
  return [...text.matchAll(MENTION)].map(({ 0: match, 1: handle = "", index }) =>
    toMark("mention", handle.toLowerCase(), index, match.length),
  );
}

function findTags(text: string): Mark[] {
  return [...text.matchAll(TAG)]
    .map(({ 1: tag = "", index }) => {
      const value = tag.replace(/\p{P}+$/u, "");
      return toMark("tag", value, index, value.length + 1);
    })
    .filter(({ value }) => value !== "" && [...value].length <= MAX_TAG_CHARACTERS);
}

// A sentence's punctuation is not the address's; a closing bracket is when the address opened one.
function trimLink(link: string): string {
  const trimmed = link.replace(/[.,;:!?*]+$/, "");
  return trimmed.endsWith(")") && !trimmed.includes("(") ? trimLink(trimmed.slice(0, -1)) : trimmed;
}

function toMark(kind: Mark["kind"], value: string, start: number, length: number): Mark {
  return { kind, value, start, end: start + length };
}
