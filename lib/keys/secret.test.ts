import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkSecret, checksum } from "#lib/keys/check-secret";
import { createSecret, previewSecret } from "#lib/keys/create-secret";
import { ENVIRONMENTS } from "#lib/keys/schema";
import { ALPHABET } from "#lib/keys/shape";

const VECTORS = [
  "boring_0123456789ABCDEFGHIJabcdefghij3dpHPp",
  "boring_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1cjRLu",
  "boring_ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ2OyWNg",
  "boring_dev_0123456789ABCDEFGHIJabcdef1WLoOG",
  "boring_staging_0123456789ABCDEFGHIJab014pKz",
  "boring_prod_0123456789ABCDEFGHIJabcde4Tlj0z",
];

describe("the key's format", () => {
  test.each(VECTORS)("the contract's vector %s is well formed", (vector) => {
    expect(checkSecret(vector)).toBeUndefined();
  });

  test("a short checksum is padded with zeros on the left", () => {
    expect(checksum("")).toBe("000000");
  });

  test.each([undefined, ...ENVIRONMENTS])("a generated key (%s) is well formed and mixed", (environment) => {
    const prefix = environment ? `boring_${environment}_` : "boring_";
    for (let round = 0; round < 200; round++) {
      const secret = createSecret(environment);
      const random = secret.slice(prefix.length, -6);
      expect(secret).toHaveLength(43);
      expect(secret.startsWith(prefix)).toBe(true);
      expect(checkSecret(secret)).toBeUndefined();
      expect([/[A-Z]/, /[a-z]/, /[0-9]/].every((kind) => kind.test(random))).toBe(true);
    }
  });

  test("every character is as likely as any other", () => {
    const counts = new Map<string, number>();
    const rounds = 4000;
    for (let round = 0; round < rounds; round++) {
      for (const character of createSecret().slice(7, -6)) counts.set(character, (counts.get(character) ?? 0) + 1);
    }
    const expected = (rounds * 30) / ALPHABET.length;
    const chiSquare = [...ALPHABET].reduce((sum, c) => sum + ((counts.get(c) ?? 0) - expected) ** 2 / expected, 0);
    // 61 degrees of freedom: beyond 140 lies less than one run in ten million, and a modulo bias of 8 letters far beyond.
    expect(chiSquare).toBeLessThan(140);
  });

  test("any single typo is found", () => {
    const at = fc.integer({ min: 7, max: 42 });
    const by = fc.constantFrom(...ALPHABET);
    fc.assert(
      fc.property(at, by, (index, character) => {
        const secret = createSecret();
        const typo = secret.slice(0, index) + character + secret.slice(index + 1);
        return typo === secret || checkSecret(typo) === "bad_checksum";
      }),
    );
  });

  test.each([
    ["boring_a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6", "malformed_length"],
    ["", "malformed_length"],
    [`${VECTORS[0]}a`, "malformed_length"],
    [`Boring_${VECTORS[0]?.slice(7)}`, "malformed_characters"],
    [`boring-${VECTORS[0]?.slice(7)}`, "malformed_characters"],
    [`boring_qa_${VECTORS[0]?.slice(10)}`, "malformed_characters"],
    [`${VECTORS[0]?.slice(0, -1)}é`, "malformed_characters"],
    [`${VECTORS[0]?.slice(0, -1)}\n`, "malformed_characters"],
    [`${VECTORS[0]?.slice(0, -1)}q`, "bad_checksum"],
  ])("%j is refused as %s", (secret, reason) => {
    expect(checkSecret(secret)).toBe(reason);
  });

  test("the preview shows the prefix, the tag and three characters", () => {
    expect(VECTORS.map(previewSecret)).toEqual([
      "boring_012...",
      "boring_aaa...",
      "boring_ZZZ...",
      "boring_dev_012...",
      "boring_staging_012...",
      "boring_prod_012...",
    ]);
  });
});
