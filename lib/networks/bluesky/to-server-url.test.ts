import { expect, test } from "vitest";
import { toServerUrl } from "#lib/networks/bluesky/server";
import { allowHosts } from "#lib/outbound/testing/test-server";

test.each([
  [" pds.example ", "https://pds.example"],
  ["https://pds.example/xrpc?a#b", "https://pds.example"],
  ["http://127.0.0.1:2583/", "http://127.0.0.1:2583"],
])("%j is a server that may be told a password", (address, origin) => {
  allowHosts("127.0.0.1:2583");
  expect(toServerUrl(address)).toBe(origin);
});

test.each(["http://pds.example", "http://127.0.0.1", "ftp://pds.example", "https://a:b@pds.example", "a b", ""])(
  "%j is not",
  (address) => {
    allowHosts("127.0.0.1:2583");
    expect(() => toServerUrl(address)).toThrow(expect.objectContaining({ code: "InvalidUrl" }));
  },
);
