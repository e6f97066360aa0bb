import fc from "fast-check";
import { expect, test } from "vitest";
import { countMembers, findRepeatedMember } from "#lib/http/read-json";

test.each([
  ['{"a":1,"a":1}', ["a"]],
  ['{"a":1,"b":{"a":1,"c":[{}, {"d":"}{[\\"","d":2}]}}', ["b", "c", "1", "d"]],
  ['{"a":1,"\\u0061":2}', ["a"]],
  ['{"":1,"" :2}', [""]],
  ['{"__proto__":1,"__proto__":2}', ["__proto__"]],
  ['[{"a":1},{"a":1,"b":[[],{"c":1}],"a":2}]', ["1", "a"]],
])("%s has one member twice", (text, path) => {
  expect(findRepeatedMember(text)).toEqual(path);
});

test.each(['{"a":{"a":[{"a":1},{"a":2}]},"A":1}', '{"a":"a","b":"a: {\\"a\\":1,\\"a\\":2}"}', '"a"', "[]"])(
  "%s has each member once",
  (text) => {
    expect(findRepeatedMember(text)).toBeUndefined();
  },
);

test("what an object was made of has each member once, and as many as it is made of", () => {
  fc.assert(
    fc.property(fc.json({ noUnicodeString: false }), (text) => {
      expect(findRepeatedMember(text)).toBeUndefined();
      let count = 0;
      const tally = (value: unknown): unknown => {
        if (typeof value === "object" && value !== null && !Array.isArray(value)) count += Object.keys(value).length;
        return value;
      };
      const value = JSON.parse(text, (_name, inner) => tally(inner));
      expect(countMembers(value)).toBe(count);
    }),
  );
});

test("a text of a million escapes is no burden", () => {
  const long = JSON.stringify({ a: "\\".repeat(500_000) }).replace("}", ',"a":1}');
  const startedAt = performance.now();
  expect(findRepeatedMember(long)).toEqual(["a"]);
  expect(performance.now() - startedAt).toBeLessThan(1000);
});
