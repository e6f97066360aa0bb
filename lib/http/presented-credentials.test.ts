import { expect, test } from "vitest";
import { readCredential } from "#lib/http/with-api-key";

const KEY = "boring_0123456789ABCDEFGHIJabcdefghij3dpHPp";
const OTHER = "boring_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1cjRLu";

test.each<[string, Record<string, string>, object]>([
  ["nothing", {}, { refused: "missing" }],
  ["its own header", { "boring-api-key": KEY }, { secret: KEY }],
  ["its own header in capitals", { "BORING-API-KEY": KEY }, { secret: KEY }],
  ["an empty header", { "boring-api-key": "" }, { refused: "missing" }],
  ["the scheme in any case", { authorization: `aPI-kEY ${KEY}` }, { secret: KEY }],
  ["the scheme alone", { authorization: "Api-Key" }, { refused: "missing" }],
  ["an empty Authorization", { authorization: "" }, { refused: "missing" }],
  ["another scheme", { authorization: `Bearer ${KEY}` }, { refused: "wrong_scheme" }],
  ["no scheme", { authorization: KEY }, { refused: "wrong_scheme" }],
  ["a tab instead of the space", { authorization: `Api-Key\t${KEY}` }, { refused: "wrong_scheme" }],
  ["both, agreeing", { "boring-api-key": KEY, authorization: `Api-Key ${KEY}` }, { secret: KEY }],
  [
    "both, differing",
    { "boring-api-key": KEY, authorization: `Api-Key ${OTHER}` },
    { refused: "conflicting_credentials" },
  ],
  [
    "both, one of another scheme",
    { "boring-api-key": KEY, authorization: `Bearer ${KEY}` },
    { refused: "conflicting_credentials" },
  ],
  ["the header twice", { "boring-api-key": `${KEY}, ${KEY}` }, { refused: "conflicting_credentials" }],
  ["Authorization twice", { authorization: `Api-Key ${KEY}, Api-Key ${KEY}` }, { refused: "conflicting_credentials" }],
  ["the key under another name", { "x-api-key": KEY, cookie: `boring-api-key=${KEY}` }, { refused: "missing" }],
])("%s is read as the contract says", (_, headers, credential) => {
  expect(readCredential(new Headers(headers))).toEqual(credential);
});

test("two spaces after the scheme are not removed, so the key is malformed", () => {
  expect(readCredential(new Headers({ authorization: `Api-Key  ${KEY}` }))).toEqual({ secret: ` ${KEY}` });
});
