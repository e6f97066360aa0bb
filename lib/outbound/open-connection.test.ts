import { expect, test } from "vitest";
import { isExpectedPeer, openConnection } from "#lib/outbound/open-connection";
import { acceptConnections } from "#lib/outbound/testing/test-server";

const target = (port: number, more: { isSecure: boolean; isTrusted: boolean }) => ({
  url: new URL(`http://127.0.0.1:${port}/`),
  host: "127.0.0.1",
  port,
  ...more,
});

test.each([
  [{ isSecure: false, isTrusted: false }, ["127.0.0.1"]],
  [{ isSecure: true, isTrusted: false }, ["127.0.0.1"]],
])("a connection that led where it must not (%j, %j) is ended before a byte is written", async (more, addresses) => {
  let received = "";
  const ended = Promise.withResolvers<void>();
  const server = await acceptConnections((socket) => {
    socket.on("data", (chunk) => {
      received += chunk;
    });
    socket.on("close", () => ended.resolve());
  });
  const limits = { signal: new AbortController().signal, idleMilliseconds: 1000 };
  const opening = openConnection(target(server.port, more), addresses, limits);
  await expect(opening).rejects.toMatchObject({ code: "ForbiddenAddress", wasSent: false });
  await ended.promise;
  expect(received).toBe("");
});

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
