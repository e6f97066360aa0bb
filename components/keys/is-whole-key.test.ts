import fc from "fast-check";
import { expect, test } from "vitest";
import { isWholeKey } from "#components/keys/is-whole-key";
import { checkSecret } from "#lib/keys/check-secret";
import { createSecret } from "#lib/keys/create-secret";

test.each([undefined, "dev", "staging", "prod"] as const)("a key for %s is whole, and none of its typos is", (tag) => {
  const secret = createSecret(tag);
  expect(isWholeKey(secret)).toBe(true);
  for (const at of secret.slice(7).split("").keys()) {
    const typo = secret.slice(0, at + 7) + (secret[at + 7] === "x" ? "y" : "x") + secret.slice(at + 8);
    expect(isWholeKey(typo)).toBe(false);
  }
});

test("the browser and the server find the same texts whole", () => {
  const nearly = fc.constant(undefined).map(() => createSecret());
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    nearly,
    fc
      .tuple(nearly, fc.nat(42), fc.string({ maxLength: 2 }))
      .map(([key, at, put]) => key.slice(0, at) + put + key.slice(at + 1)),
    nearly.map((key) => `${key}\n`),
    nearly.map((key) => key.toUpperCase()),
  );
  fc.assert(
    fc.property(text, (value) => {
      expect(isWholeKey(value)).toBe(checkSecret(value) === undefined);
    }),
  );
});
