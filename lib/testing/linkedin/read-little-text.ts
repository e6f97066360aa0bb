const RESERVED = "\\|{}@[]()<>#*_~";

/**
 * What readers see of a text in the format "little text": a backslash makes the next reserved character an ordinary one, and
 * a hashtag is an element. LinkedIn ends the text at any other reserved character, without a word.
 */
export const readLittleText = (commentary: string): string => {
  let shown = "";
  for (let index = 0; index < commentary.length; index++) {
    const character = commentary.charAt(index);
    const next = commentary.charAt(index + 1);
    if (character === "\\" && next !== "" && RESERVED.includes(next)) {
      shown += next;
      index++;
    } else if (character === "#" && isHashtag(commentary, index)) {
      shown += character;
    } else if (RESERVED.includes(character)) {
      return shown;
    } else {
      shown += character;
    }
  }
  return shown;
};

// A word with a letter in it, which does not continue another word.
function isHashtag(commentary: string, index: number): boolean {
  const word = /^#([\p{L}\p{N}\p{M}]+)/u.exec(commentary.slice(index))?.[1] ?? "";
  return /\p{L}/u.test(word) && !/[\p{L}\p{N}]$/u.test(commentary.slice(0, index));
}
