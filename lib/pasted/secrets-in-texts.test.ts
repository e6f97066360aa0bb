import fc from "fast-check";
import { expect, test } from "vitest";
import { checkSecret } from "#lib/keys/check-secret";
import { createSecret } from "#lib/keys/create-secret";
import { findSecrets } from "#lib/pasted/schema";

const KEY = "boring_0123456789ABCDEFGHIJabcdefghij3dpHPp";
const TAGGED = "boring_staging_0123456789ABCDEFGHIJab014pKz";

const find = (text: string) => findSecrets(text, (candidate) => checkSecret(candidate) === undefined);
const toFullWidth = (text: string) =>
  text.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));
const insert = (at: number, put: string) => KEY.slice(0, at) + put + KEY.slice(at);

test.each([
  ["a line break", `${KEY}\n`],
  ["quotes", `"${KEY}"`],
  ["typographic quotes", `“${KEY}”`],
  ["a variable", `BORING_API_KEY=${KEY}`],
  ["an exported variable", `export BORING_API_KEY='${KEY}';`],
  ["JSON", JSON.stringify({ keys: [KEY] })],
  ["JSON in JSON", JSON.stringify(JSON.stringify({ key: KEY }))],
  ["a command", `curl -H "boring-api-key: ${KEY}" \\\n  https://console.example/v2/me`],
  ["the scheme of a header", `Authorization: Api-Key ${KEY}`],
  ["an address", `https://console.example/v2/me?key=${KEY}&x=1`],
  ["percent-encoding", encodeURIComponent(`"${KEY}"\n`)],
  ["percent-encoding of everything", [...KEY].map((c) => `%${c.charCodeAt(0).toString(16)}`).join("")],
  ["its underscore encoded", KEY.replace("_", "%5F")],
  ["its underscore escaped", KEY.replace("_", "\\_")],
  ["a number and a percent sign", `50%2${KEY}`],
  ["its underscore as in HTML", KEY.replace("_", "&#x5f;")],
  ["its underscore as in JSON", KEY.replace("_", "\\u005f")],
  ["a byte order mark", `\ufeff${KEY}`],
  ["direction marks", `\u202a${KEY}\u202c`],
  ["no-break spaces", `\u00a0${KEY}\u00a0`],
  ["a zero-width space inside", insert(20, "\u200b")],
  ["an encoded zero-width space inside", insert(20, "%E2%80%8B")],
  ["a soft hyphen inside", insert(7, "\u00ad")],
  ["the break of a line inside", insert(30, "\r\n")],
  ["the break of a line of mail inside", insert(30, "=\r\n")],
  ["a quoted break inside", insert(30, "\n> ")],
  ["further letters after it", `${KEY}abc`],
  ["further letters before it", `xboring_${KEY}`],
  ["colours of a terminal", `\u001b[01;31m\u001b[Kboring_\u001b[m\u001b[K${KEY.slice(7)}`],
  ["tags of a page in it", `<em>boring</em>_${KEY.slice(7)}`],
  ["pieces of it in tags", `<span>boring_</span><b class="k">${KEY.slice(7)}</b><wbr>`],
  ["its underscore as a number of a page", KEY.replace("_", "&#95;")],
  ["its underscore as in a program", KEY.replace("_", "\\x5f")],
  ["its underscore as in a newer program", KEY.replace("_", "\\u{5f}")],
  ["its underscore as in a mail", KEY.replace("_", "=5F")],
  ["its underscore escaped twice", KEY.replace("_", "%255F")],
  ["itself", `${KEY}${KEY}`],
  ["full width", toFullWidth(KEY)],
  ["full width and its underscore encoded", toFullWidth(KEY.replace("_", "%5F"))],
  ["Base64", btoa(KEY)],
  ["Base64 in the middle of a word", `x${btoa(KEY)}y`],
  ["Base64, its user before it", `Authorization: Basic ${btoa(`u:${KEY}`)}`],
  ["Base64, a longer user before it", `Authorization: Basic ${btoa(`api:${KEY}`)}`],
  ["Base64, a password of none behind it", `Authorization: Basic ${btoa(`${KEY}:`)}`],
  ["Base64 in lines", `data:\n  token: ${btoa(KEY).replace(/.{20}/g, "$&\n    ")}`],
  ["Base64 in an address", `?state=${encodeURIComponent(btoa(JSON.stringify({ user: "é".length, key: KEY })))}`],
  ["Base64 for addresses", Buffer.from(`???${KEY}???`).toString("base64url")],
])("a key with %s is found", (_what, text) => {
  expect(find(text)).toEqual([KEY]);
});

test("several keys in one text are found, each once", () => {
  expect(find(`${KEY},${TAGGED}\n${KEY}`)).toEqual([KEY, TAGGED]);
  expect(find(KEY + TAGGED)).toEqual([KEY, TAGGED]);
});

test("a key in Base64 is found whatever stands around it, in either alphabet", () => {
  const around = fc.uint8Array({ maxLength: 40 });
  const key = fc.constant(undefined).map(() => createSecret());
  fc.assert(
    fc.property(around, key, around, fc.constantFrom("base64", "base64url"), (before, secret, after, alphabet) => {
      const bytes = Buffer.concat([before, Buffer.from(secret), after]);
      expect(find(`"${bytes.toString(alphabet as BufferEncoding)}"`)).toContain(secret);
    }),
  );
});

test.each([
  "",
  "boring_",
  btoa(KEY.slice(0, -1)),
  btoa(KEY.replace("d", "e")),
  "Ym9yaW5nX",
  KEY.slice(0, -1),
  KEY.slice(1),
  `${KEY.slice(0, -1)}q`,
  KEY.toUpperCase(),
  KEY.replace("_", "-"),
  "boring_".repeat(100),
])("%j holds no key", (text) => {
  expect(find(text)).toEqual([]);
});

test("whatever stands around a key, it is found", () => {
  const around = fc.string({ unit: "binary", maxLength: 60 });
  const key = fc.constant(undefined).map(() => createSecret());
  fc.assert(
    fc.property(around, key, fc.string({ unit: "binary", maxLength: 60 }), (before, secret, after) => {
      expect(find(before + secret + after)).toContain(secret);
    }),
  );
});

test.each([
  "boring_",
  "%5F",
  "\\u005f",
  "a\u200b",
  "boring_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1cjRLx",
  "&#x5f;",
  "boring_a\n",
  "Ym9yaW5nXzAxMjM0NTY3ODlBQkNERUZHSElKYWJjZGVmZ2hpajNkcEhQ",
  "Ym9yaW5n",
  "ib3Jpbmdf",
  "ｂｏｒｉｎｇ＿",
])("a text twice as long made of %j is about twice the work", (piece) => {
  const count = (length: number) => {
    let calls = 0;
    findSecrets(piece.repeat(length), () => ++calls < 0);
    return calls;
  };
  const toTime = (length: number) => {
    const times = Array.from({ length: 5 }, () => {
      const startedAt = performance.now();
      count(length);
      return performance.now() - startedAt;
    });
    return Math.min(...times);
  };
  toTime(2000);
  expect(count(8000)).toBeLessThanOrEqual(count(1000) * 8 + 8);
  // Square work would be 4,096 times as much.
  expect(toTime(128_000)).toBeLessThan(toTime(2000) * 512 + 20);
});
