import fc from "fast-check";
import { expect, test } from "vitest";
import { isPublicAddress } from "#lib/outbound/to-target";

test.each([
  "1.1.1.1",
  "93.184.216.34",
  "100.63.255.255",
  "100.128.0.0",
  "172.15.255.255",
  "172.32.0.0",
  "2606:4700::1111",
  "2001:4860:4860::8888",
  "::ffff:1.1.1.1",
  "64:ff9b::1.1.1.1",
  "2002:101:101::1",
  // Teredo: the server 65.54.227.120, the client 192.0.2.45 turned into 8.8.8.8, its bits inverted
  "2001:0:4136:e378:8000:63bf:f7f7:f7f7",
])("%s is on the internet", (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

test.each([
  "0.0.0.0",
  "0.1.2.3",
  "10.0.0.1",
  "100.64.0.1",
  "100.127.255.255",
  "127.0.0.1",
  "127.255.255.254",
  "168.63.129.16",
  "169.254.169.254",
  "172.16.0.1",
  "172.31.255.255",
  "192.0.0.1",
  "192.0.0.192",
  "192.0.2.1",
  "192.88.99.1",
  "192.168.1.1",
  "198.18.0.1",
  "198.19.255.255",
  "198.51.100.1",
  "203.0.113.1",
  "224.0.0.1",
  "239.255.255.255",
  "240.0.0.1",
  "255.255.255.255",
  "::",
  "::1",
  "::127.0.0.1",
  "::1.1.1.1",
  "::ffff:0:127.0.0.1",
  "::ffff:127.0.0.1",
  "::ffff:7f00:1",
  "::ffff:169.254.169.254",
  "64:ff9b::127.0.0.1",
  "64:ff9b::a9fe:a9fe",
  "64:ff9b:1::1.1.1.1",
  "100::1",
  "2001:0:7f00:1:8000:63bf:f7f7:f7f7",
  "2001:0:4136:e378:8000:63bf:80ff:fffe",
  "2001:2::1",
  "2001:10::1",
  "2001:20::1",
  "2001:db8::1",
  "2002:7f00:1::",
  "2002:a00:1::1",
  "2002:a9fe:a9fe::",
  "3fff::1",
  "4000::1",
  "5f00::1",
  "fc00::1",
  "fd00:ec2::254",
  "fe80::1",
  "fe80::1%lo",
  "2606:4700::1111%lo",
  "fec0::1",
  "ff02::1",
  "ff0e::1",
  "1.1",
  "16843009",
  "0x1.1.1.1",
  "01.1.1.1",
  "1.1.1.1.",
  "[2606:4700::1111]",
  "1.1.1.1/32",
  "localhost",
  "",
])("%j is not on the internet", (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test("an address that carries an IPv4 address is where that one is", () => {
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      const [a = 0, b = 0, c = 0, d = 0] = address.split(".").map(Number);
      const hex = [a * 256 + b, c * 256 + d].map((part) => part.toString(16)).join(":");
      const carried = [`::ffff:${address}`, `::ffff:${hex}`, `64:ff9b::${address}`, `2002:${hex}::1`];
      for (const spelling of carried) expect(isPublicAddress(spelling)).toBe(isPublicAddress(address));
    }),
  );
});
