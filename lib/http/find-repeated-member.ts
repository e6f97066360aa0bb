/** Where a text is at some depth: in an object, whose names are known so far, or in a list. */
type Level = { names: Set<string> | undefined; place: string };

/**
 * The first member that one object of a JSON text has twice, by its path: which of the two is meant nobody can say
 * (RFC 8259 §4). For a valid text; the work grows with its length and no faster.
 */
export const findRepeatedMember = (text: string): string[] | undefined => {
  const levels: Level[] = [];
  let latest = "";
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    if (character === '"') {
      const end = findTextEnd(text, index);
      latest = text.slice(index, end + 1);
      index = end;
    } else if (character === ":") {
      if (isRepeated(levels.at(-1), JSON.parse(latest))) return levels.map(({ place }) => place);
    } else move(levels, character);
  }
  return undefined;
};

/** How many members the objects in a parsed JSON value have in all. */
export const countMembers = (value: unknown): number => {
  if (typeof value !== "object" || value === null) return 0;
  const members: unknown[] = Array.isArray(value) ? value : Object.values(value);
  let count = members === value ? 0 : members.length;
  for (const member of members) count += countMembers(member);
  return count;
};

/** Where a text within a JSON text ends that begins with the quote at `start`. */
export const findTextEnd = (text: string, start: number): number => {
  // By hand: a pattern keeps a way back for every escape of a long one.
  let end = start + 1;
  while (end < text.length && text.charCodeAt(end) !== QUOTE) end += text.charCodeAt(end) === BACKSLASH ? 2 : 1;
  return end;
};

const [QUOTE, BACKSLASH] = [0x22, 0x5c];

function move(levels: Level[], character: string): void {
  const level = levels.at(-1);
  if (character === "{") levels.push({ names: new Set(), place: "" });
  else if (character === "[") levels.push({ names: undefined, place: "0" });
  else if (character === "}" || character === "]") levels.pop();
  else if (character === "," && level && !level.names) level.place = String(Number(level.place) + 1);
}

function isRepeated(level: Level | undefined, name: string): boolean {
  if (!level?.names) return false;
  level.place = name;
  if (level.names.has(name)) return true;
  level.names.add(name);
  return false;
}
