import { expect, test } from "vitest";
import { toAddressKey } from "#lib/organizations/address-key";

test.each([
  ["Ada@Example.com", "ada@example.com"],
  [" ada@example.com ", "ada@example.com"],
  ["a.d.a+x@googlemail.com", "ada@gmail.com"],
  ["A.Da+anything+else@GMAIL.com", "ada@gmail.com"],
  ["ada@bücher.example", "ada@xn--bcher-kva.example"],
  ["ada@BÜCHER.example", "ada@xn--bcher-kva.example"],
  ["jose\u0301@example.com", "jos\u00e9@example.com"],
])("%s is the same mailbox as %s", (one, other) => {
  expect(toAddressKey(one)).toBe(toAddressKey(other));
  expect(toAddressKey(other)).toBeDefined();
});

test.each([
  ["a.da@firm.tld", "ada@firm.tld"],
  ["ada+x@firm.tld", "ada@firm.tld"],
  ["ada@firm.tld", "ada@gmail.com"],
  ["ada@mail.gmail.com", "ada@gmail.com"],
  ["ada@firm.tld.example", "ada@firm.tld"],
])("%s is another mailbox than %s", (one, other) => {
  expect(toAddressKey(one)).toBeDefined();
  expect(toAddressKey(one)).not.toBe(toAddressKey(other));
});

test.each([
  "",
  "ada",
  "@example.com",
  "ada@",
  "ada@example.com@firm.tld",
  "ada lovelace@example.com",
  "ada@exa mple.com",
  "Ada <ada@example.com>",
  "ada@example.com, bob@example.com",
  // What is left of these at Google is nobody.
  "+x@gmail.com",
  "...@googlemail.com",
  // What an address bar would make of these is another domain than the one that is read.
  "ada@example.com/firm.tld",
  "ada@example.com?firm.tld",
  "ada@example.com#firm.tld",
  "ada@example.com:80",
  "ada@ex%61mple.com",
  "ada@example.com\\firm.tld",
  "ada@[::1]",
  "ada@.example.com",
  "ada@example..com",
  "ada@example.com.",
  "a\u0000da@example.com",
  "a\u202eda@example.com",
  "a\ud800da@example.com",
])("%j is no address", (text) => {
  expect(toAddressKey(text)).toBeUndefined();
});
