import { expect, test } from "vitest";
import { toServerError, toServerUrl } from "#lib/networks/bluesky/server";
import { allowHosts } from "#lib/outbound/testing/test-server";

const answer = (status: number, error?: string, message?: string, headers = {}) => ({
  status,
  headers,
  body: { error, message },
});

test.each([
  [400, "ExpiredToken", "expired"],
  [400, "InvalidToken", "expired"],
  [401, "AuthMissing", "expired"],
  [401, "AuthenticationRequired", "revoked"],
  [401, "AccountTakedown", "revoked"],
  [401, "AccountDeactivated", "revoked"],
  [403, "AccountNotFound", "revoked"],
  [400, "InvalidRequest", "refused"],
  [400, "constructor", "refused"],
  [401, undefined, "unavailable"],
  [403, undefined, "unavailable"],
  [404, undefined, "unavailable"],
  [413, undefined, "refused"],
  [413, "PayloadTooLarge", "refused"],
  [429, "RateLimitExceeded", "rate_limited"],
  [429, "ExpiredToken", "rate_limited"],
] as const)("%i %s means %s, whether or not the call can be undone", (status, code, reason) => {
  expect(toServerError(answer(status, code), false).reason).toBe(reason);
  expect(toServerError(answer(status, code), true).reason).toBe(reason);
});

test.each([204, 302, 408, 500, 502, 503, 520])("%i says nothing about a call that cannot be undone", (status) => {
  expect(toServerError(answer(status, "ExpiredToken"), true).reason).toBe("uncertain");
  expect(toServerError(answer(status, "ExpiredToken"), false).reason).toBe("unavailable");
});

test.each([undefined, null, "text", [], { error: 1 }])(
  "an answer that is no error of the protocol is that of something in front of the server: %j",
  (body) => {
    expect(toServerError({ status: 400, headers: {}, body }, false)).toMatchObject({
      reason: "unavailable",
      code: undefined,
    });
  },
);

test("what a server says is passed on in part, and without signs that nobody sees", () => {
  const { message } = toServerError(answer(400, "InvalidRequest", `a\u0000\u202e${"b".repeat(1000)}`), false);
  expect(message).toBe(`Bluesky refused this: a${"b".repeat(299)}`);
});

test("a server that asks for a pause says until when, a day at most", () => {
  const now = Date.now();
  const wait = (headers: Record<string, string>) =>
    toServerError(answer(429, "", "", headers), true).retryAt?.getTime();
  expect(wait({ "retry-after": "5" })).toBeGreaterThanOrEqual(now + 5000);
  expect(wait({ "retry-after": "5" })).toBeLessThan(now + 60_000);
  expect(wait({ "ratelimit-reset": "99999999999" })).toBeLessThan(now + 86_460_000);
});

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
