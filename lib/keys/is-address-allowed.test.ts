import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { describe, expect, test } from "vitest";
import { isAddressAllowed, toAddressBlock } from "#lib/keys/is-address-allowed";

const ipv4 = fc.ipV4();
const ipv6 = fc.ipV6();

describe("toAddressBlock", () => {
  test.each([
    ["10.0.0.1", "10.0.0.1"],
    ["10.1.2.3/8", "10.0.0.0/8"],
    ["10.1.2.3/32", "10.1.2.3"],
    ["0.0.0.0/0", "0.0.0.0/0"],
    ["2001:DB8::1", "2001:db8::1"],
    ["2001:db8:ffff::/32", "2001:db8::/32"],
    ["::/0", "::/0"],
    ["::ffff:192.0.2.7", "192.0.2.7"],
    ["::ffff:c000:0207", "192.0.2.7"],
    ["::ffff:10.0.0.0/104", "10.0.0.0/8"],
    [" 192.0.2.7 ", "192.0.2.7"],
  ])("%s is %s", (text, block) => {
    expect(toAddressBlock(text)).toBe(block);
  });

  test.each([
    "10.0.0.1abc",
    "10.0.0.0/33",
    "::/129",
    "10.0.0.0/",
    "10.0.0.0/08",
    "10.0.0.0/-1",
    "10.0.0.0/8/8",
    "10.1",
    "2130706433",
    "0x7f.0.0.1",
    "010.0.0.1",
    "256.0.0.1",
    "fe80::1%eth0",
    "[::1]",
    "::1::",
    "localhost",
    "*",
    "",
    "١٠.0.0.1",
  ])("%s is no address", (text) => {
    expect(toAddressBlock(text)).toBeUndefined();
  });

  test("a block is spelled one way, and spelling it again changes nothing", () => {
    const block = fc.oneof(
      fc.tuple(ipv4, fc.integer({ min: 0, max: 32 })),
      fc.tuple(ipv6, fc.integer({ min: 0, max: 128 })),
    );
    fc.assert(
      fc.property(block, ([address, bits]) => {
        const once = toAddressBlock(`${address}/${bits}`);
        expect(once).toBeDefined();
        expect(toAddressBlock(once ?? "")).toBe(once);
      }),
    );
  });
});

describe("isAddressAllowed", () => {
  const toBits = (address: string) =>
    ipaddr
      .parse(address)
      .toByteArray()
      .map((byte) => byte.toString(2).padStart(8, "0"))
      .join("");

  test("without a list every caller is, with one only those whose leading bits agree", () => {
    const caller = fc.oneof(
      ipv4,
      ipv6.filter((address) => !ipaddr.IPv6.parse(address).isIPv4MappedAddress()),
    );
    fc.assert(
      fc.property(caller, caller, fc.nat({ max: 128 }), (address, network, wish) => {
        expect(isAddressAllowed(address, [])).toBe(true);
        const bits = Math.min(wish, toBits(network).length);
        const block = toAddressBlock(`${network}/${bits}`) ?? "";
        const isSameKind = toBits(address).length === toBits(network).length;
        const agrees = isSameKind && toBits(address).slice(0, bits) === toBits(network).slice(0, bits);
        expect(isAddressAllowed(address, [block])).toBe(agrees);
        expect(isAddressAllowed(address, [block, toAddressBlock(address) ?? ""])).toBe(true);
      }),
    );
  });

  test("an IPv4 caller is the same in IPv6's mapped spelling", () => {
    fc.assert(
      fc.property(ipv4, (address) => {
        expect(isAddressAllowed(`::ffff:${address}`, [address])).toBe(true);
        expect(isAddressAllowed(address, [toAddressBlock(`::ffff:${address}`) ?? ""])).toBe(true);
      }),
    );
  });

  test("a caller whose address is not known is outside of every list", () => {
    expect(isAddressAllowed("", ["0.0.0.0/0", "::/0"])).toBe(false);
  });
});
