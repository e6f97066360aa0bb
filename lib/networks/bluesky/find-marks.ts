import { findLinks } from "#lib/networks/bluesky/find-links";
import type { Mark } from "#lib/networks/bluesky/mark";
import { UNSPACED } from "#lib/networks/bluesky/unspaced";

// Something may begin behind whatever is no part of a word, and in scripts that do not set words apart anywhere.
const WORD = String.raw`[\p{L}\p{N}\p{M}_&\/]--[${UNSPACED}]`;
const MENTION = new RegExp(
  String.raw`(?<![${WORD}])(?<![@＠#＃.=+\-])@((?:[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9\-]{0,61}[a-z0-9])?)(?![a-z0-9_@＠])(?!\.[a-z0-9])`,
  "giv",
);
// A tag goes on behind one of these signs if a letter or a number follows, and ends at any other punctuation.
const IN_TAG = String.raw`[^\s\p{P}\p{Cc}\p{Cf}<>\|=\^~～｜\u0060]|[_\-'’.&\/・·‧](?=[\p{L}\p{N}\p{M}_])`;
const TAG = new RegExp(String.raw`(?:(?<![${WORD}])|(?<=[#＃][^\s#＃]*))[#＃](?![\ufe0f\u20e3])((?:${IN_TAG})+)`, "gv");
const MAX_TAG_GRAPHEMES = 64;
const MAX_TAG_BYTES = 640;

const GRAPHEMES = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Finds the addresses, mentions and hashtags of a text, in their order; what is inside of one is no other. */
export const findMarks = (text: string): Mark[] => {
  const found = [...findLinks(text), ...findMentions(text), ...findTags(text)].sort((a, b) => a.start - b.start);
  let end = 0;
  return found.filter((mark) => {
    if (mark.start < end) return false;
    end = mark.end;
    return true;
  });
};

function findMentions(text: string): Mark[] {
  return [...text.matchAll(MENTION)].map(({ 0: { length }, 1: handle = "", index }) => {
    return { kind: "mention", value: handle.toLowerCase(), start: index, end: index + length };
  });
}

function findTags(text: string): Mark[] {
  return [...text.matchAll(TAG)].flatMap(({ 1: value = "", index }): Mark[] => {
    const isTag = /[^\p{N}\p{P}\p{M}]/u.test(value) && isShort(value);
    return isTag ? [{ kind: "tag", value, start: index, end: index + value.length + 1 }] : [];
  });
}

function isShort(tag: string): boolean {
  return Buffer.byteLength(tag) <= MAX_TAG_BYTES && [...GRAPHEMES.segment(tag)].length <= MAX_TAG_GRAPHEMES;
}
