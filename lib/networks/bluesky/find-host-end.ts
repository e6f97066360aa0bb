import { isTopLevel } from "#lib/networks/bluesky/is-domain";

const LITERAL = /\[[0-9a-f:.]+\]/iy;
// A name and a password in front of it, which no address in a text is to have.
const CREDENTIALS = /[\w.!~*'()%;:&=+$,-]*@/y;
const NAME = /[\p{L}\p{M}\p{N}_-]+(?:\.[\p{L}\p{M}\p{N}_-]+)*/uy;

/** Where the host that begins at a place of a text ends, or undefined when there is none. */
export const findHostEnd = (text: string, start: number): number | undefined => {
  if (match(CREDENTIALS, text, start)) return undefined;
  const literal = match(LITERAL, text, start);
  if (literal) return start + literal.length;
  const name = match(NAME, text, start);
  if (!name) return undefined;
  return start + cut(name).replace(/[_-]+$/, "").length;
};

function match(pattern: RegExp, text: string, start: number): string | undefined {
  pattern.lastIndex = start;
  return pattern.exec(text)?.[0];
}

// In scripts that do not set words apart the sentence goes on directly behind a host.
function cut(name: string): string {
  if (isTopLevel(name.slice(name.lastIndexOf(".") + 1))) return name;
  for (const { index } of name.matchAll(/(?<=[a-zA-Z0-9])\P{ASCII}/gu)) {
    const ascii = name.slice(0, index);
    const last = ascii.slice(ascii.lastIndexOf(".") + 1);
    if (ascii === "localhost" || (ascii.includes(".") && (isTopLevel(last) || !name.includes(".", index))))
      return ascii;
  }
  const lastDot = name.lastIndexOf(".");
  const [before, last] = [name.slice(0, lastDot + 1), name.slice(lastDot + 1)];
  for (let length = last.length - 1; length > 0 && lastDot > 0 && /^\P{ASCII}/u.test(last); length--) {
    if (isTopLevel(last.slice(0, length))) return before + last.slice(0, length);
  }
  return name;
}
