import { describe, expect, test } from "vitest";
import { toAddressKey, toDomainKey } from "#lib/organizations/address-key";

describe("two addresses are one", () => {
  test.each([
    ["Ada@Example.com", "ada@example.com"],
    ["ADA@EXAMPLE.COM", "ada@example.com"],
    ["a.d.a+x@googlemail.com", "ada@gmail.com"],
    ["ada+@gmail.com", "ada@gmail.com"],
    ["A.D.A+one+two@GMail.com", "ada@gmail.com"],
    ["ada@bücher.example", "ada@xn--bcher-kva.example"],
    ["ada@BÜCHER.example", "ada@XN--BCHER-KVA.example"],
    ["ada@bu\u0308cher.example", "ada@bücher.example"],
    ["陳@例え。テスト", "陳@xn--r8jz45g.xn--zckzah"],
    ["Jose\u0301@firm.tld", "jos\u00e9@firm.tld"],
    ["ada@نامه\u200cای.com", "ada@xn--mgba3gch31f060k.com"],
  ])("%s is %s", (one, other) => {
    expect(toAddressKey(one)).toBeDefined();
    expect(toAddressKey(one)).toBe(toAddressKey(other));
  });
});

describe("two addresses are two", () => {
  test.each([
    ["a.da@firm.tld", "ada@firm.tld"],
    ["ada+x@firm.tld", "ada@firm.tld"],
    ["ada@mail.gmail.com.tld", "a.da@mail.gmail.com.tld"],
    ["a.da@sub.gmail.com", "ada@sub.gmail.com"],
    ["ada@firm.tld", "ada@sub.firm.tld"],
    ["ada@faß.de", "ada@fass.de"],
    ["\u0430da@firm.tld", "ada@firm.tld"],
  ])("%s is not %s", (one, other) => {
    expect(toAddressKey(one)).toBeDefined();
    expect(toAddressKey(one)).not.toBe(toAddressKey(other));
  });
});

test("a key is its own key", () => {
  for (const address of [
    "\u0130\u0323x@firm.tld",
    "K\u030cADA@firm.tld",
    "A.D.A+x@googlemail.com",
    "ada@bücher.example",
  ]) {
    const key = toAddressKey(address);
    expect(key).toBeDefined();
    expect(toAddressKey(key ?? "")).toBe(key);
  }
});

describe("no address", () => {
  test.each([
    "",
    "ada",
    "firm.tld",
    "@",
    "@firm.tld",
    "ada@",
    "ada@@firm.tld",
    "ada@firm.tld@firm.tld",
    "ada @firm.tld",
    "ada@ firm.tld",
    " ada@firm.tld",
    "ada@firm.tld\n",
    "ada\u0000@firm.tld",
    "ada@firm\t.tld",
    "a\u00a0da@firm.tld",
    "ada\u202e@firm.tld",
    "ada\u200b@firm.tld",
    "Ada <ada@firm.tld>",
    "<ada@firm.tld>",
    "mailto:ada@firm.tld",
    '"ada"@firm.tld',
    "ada@localhost",
    "ada@127.0.0.1",
    "ada@0x7f.1",
    "ada@[127.0.0.1]",
    "ada@[::1]",
    "ada@firm..tld",
    "ada@.firm.tld",
    "ada@firm.tld.",
    "ada@-firm.tld",
    "ada@firm-.tld",
    "ada@fi_rm.tld",
    "ada@*.firm.tld",
    "ada@firm.tld/x",
    "ada@fi%72m.tld",
    "ada@firm.tld:25",
    "+x@gmail.com",
    "...@gmail.com",
    `${"a".repeat(65)}@firm.tld`,
    `ada@${"a".repeat(64)}.tld`,
    `ada@${"a.".repeat(126)}tld`,
  ])("%j", (text) => {
    expect(toAddressKey(text)).toBeUndefined();
  });
});

test.each([
  ["Firm.TLD", "firm.tld"],
  ["BÜRO.tld", "xn--bro-hoa.tld"],
  ["xn--BRO-hoa.tld", "xn--bro-hoa.tld"],
  ["a.b.firm.co.uk", "a.b.firm.co.uk"],
  ["firm", undefined],
  ["ada@firm.tld", undefined],
  ["*.firm.tld", undefined],
  ["https://firm.tld", undefined],
  ["firm.tld/", undefined],
  ["firm.tld other.tld", undefined],
  ["10.0.0.1", undefined],
  ["", undefined],
])("as a domain, %j is %j", (domain, key) => {
  expect(toDomainKey(domain)).toBe(key);
});
