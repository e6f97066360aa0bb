import { UNSPACED } from "#lib/networks/bluesky/unspaced";

// What no address holds, and what quotes and ends sentences in scripts that have signs of their own for it.
const STOP =
  /[\s\p{Cc}<>"`\\^“”«»„‟‹›〈〉《》「」『』【】〔〕〖〗（）［］｛｝，。、；：！？｡､…—\u00ad\u200b\u200e\u200f\u2060\u202a-\u202e\u2066-\u2069]/u;
const SENTENCE = new RegExp(String.raw`[[${UNSPACED}\p{Extended_Pictographic}]--[0-9#*]]`, "v");
const CLOSING = new Map([
  [")", "("],
  ["]", "["],
  ["}", "{"],
]);

/**
 * Where an address ends whose path, query or fragment begins at a place: before what a sentence has put around it and
 * behind it, but not before brackets and apostrophes of its own.
 */
export const findAddressEnd = (text: string, start: number, from: number): number => {
  const open: string[] = [];
  let end = from;
  for (const sign of text.slice(from)) {
    const [before, after] = [text.charAt(end - 1), text.charAt(end + sign.length)];
    if (isEnd(sign, before, after)) break;
    if (/[([{]/.test(sign)) open.push(sign);
    if (CLOSING.has(sign) && open.pop() !== CLOSING.get(sign)) break;
    end += sign.length;
  }
  const isEmphasized = text.charAt(start - 1) === "_";
  return from + trim(text.slice(from, end), isEmphasized).length;
};

function isEnd(sign: string, before: string, after: string): boolean {
  if (STOP.test(sign)) return true;
  // Browsers leave it in a query; at the end of a cell it is not the address's.
  if (sign === "|") return !/[\p{L}\p{N}%]/u.test(after);
  if (/['’]/.test(sign)) return !/[\p{sc=Latin}0-9]/u.test(after);
  return /[a-z0-9]/i.test(before) && SENTENCE.test(sign);
}

function trim(rest: string, isEmphasized: boolean): string {
  const trimmed = rest.replace(/[.,;:!?*~'’([{|–・،؛؟۔।॥]+$/u, "");
  return isEmphasized ? trimmed.replace(/_+$/, "") : trimmed;
}
