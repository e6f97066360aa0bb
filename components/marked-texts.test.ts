import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** Opening tags of these elements, with the file that has them. */
const listTags = (names: string) =>
  globSync("{app,components}/**/*.tsx").flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(new RegExp(String.raw`<(?:${names})\s(?:[^<>]|=>|<[\w=])*>`, "g"))].map(
      ([tag]) => `${file} ${tag.replace(/\s+/g, " ")}`,
    ),
  );

test("code, keys and ids are not translated", () => {
  const tags = listTags("code|kbd|pre|samp");
  expect(tags.length).toBeGreaterThan(8);
  expect(tags.filter((tag) => !tag.includes('translate="no"'))).toEqual([]);
});

test("every field into which people write says from which side it is read", () => {
  const isWrittenInto = (tag: string) => !/type="(checkbox|radio|hidden|date|datetime-local)"/.test(tag);
  const tags = listTags("input|textarea").filter(isWrittenInto);
  expect(tags.length).toBeGreaterThan(10);
  expect(tags.filter((tag) => !/ dir="(auto|ltr)"/.test(tag))).toEqual([]);
});
