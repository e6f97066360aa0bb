import { expect, test } from "vitest";
import { isExpectedPeer } from "#lib/outbound/open-connection";

test("a connection may lead to one of the addresses, however it is spelled, and nowhere else", () => {
  expect(isExpectedPeer("1.1.1.1", ["2606:4700::1111", "1.1.1.1"], false)).toBe(true);
  expect(isExpectedPeer("::ffff:1.1.1.1", ["1.1.1.1"], false)).toBe(true);
  expect(isExpectedPeer("2606:4700:0::1111", ["2606:4700::1111"], false)).toBe(true);
  expect(isExpectedPeer("1.1.1.2", ["1.1.1.1"], false)).toBe(false);
  expect(isExpectedPeer(undefined, ["1.1.1.1"], false)).toBe(false);
});

test("only a trusted target may be off the internet, and not elsewhere there", () => {
  expect(isExpectedPeer("127.0.0.1", ["127.0.0.1"], false)).toBe(false);
  expect(isExpectedPeer("127.0.0.1", ["127.0.0.1"], true)).toBe(true);
  expect(isExpectedPeer("127.0.0.1", ["1.1.1.1"], true)).toBe(false);
});
