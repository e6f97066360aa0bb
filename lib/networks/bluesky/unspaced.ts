/** The letters of scripts that do not set words apart, as part of a class of a pattern: anything may begin and end there. */
export const UNSPACED = [
  ...["Han", "Hiragana", "Katakana", "Hangul", "Bopomofo"],
  ...["Thai", "Lao", "Khmer", "Myanmar"],
]
  .map((script) => String.raw`\p{scx=${script}}`)
  .join("");
