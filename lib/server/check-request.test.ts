import { describe, expect, test } from "vitest";
import { say } from "#lib/problems/problem";
import { checkRequest, type RequestHead } from "#lib/server/check-request";

const check = (head: Partial<RequestHead>) =>
  checkRequest({
    method: "GET",
    url: "/",
    httpVersion: "1.1",
    headers: { host: "localhost:3000" },
    rawHeaders: [],
    ...head,
  });

describe("targets", () => {
  test.each([
    "/",
    "/settings",
    "/v2/posts?page=2&x=//%zz\\",
    "/v2/posts/%E4%BD%A0",
    "/a.b/c..d",
    "/.well-known/x",
    "/%20",
  ])("%s is a path", (url) => expect(check({ url })).toBeUndefined());

  test.each([
    "http://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "/%5Cevil.example",
    "/%2F/evil.example",
    "*",
    "evil.example:443",
    "",
    "/a b",
    "/a#b",
    "/é",
    "/%",
    "/%zz",
    "/%ff",
    "/%c0%ae",
    "/%00",
    "/%0d%0aSet-Cookie:x",
    "/%7f",
    "/..",
    "/../etc/passwd",
    "/v2/../api",
    "/x/.",
    "/%2e%2e/x",
    "/x/.%2E",
    "/v2/%2e",
  ])("%s is refused", (url) => expect(check({ url })).toMatchObject({ status: 400, code: "InvalidRequest" }));
});

test("the server as a whole is asked for its methods, and by OPTIONS alone", () => {
  expect(check({ method: "OPTIONS", url: "*" })).toBeUndefined();
  expect(check({ method: "OPTIONS", url: "**" })).toMatchObject({ status: 400 });
  expect(check({ method: "OPTIONS", url: "*", headers: {} })).toMatchObject({ status: 400 });
});

test("an Idempotency-Key is given once, and may have a comma in it", () => {
  const send = (...keys: string[]) =>
    check({
      headers: { host: "localhost:3000", "idempotency-key": keys.join(", ") },
      rawHeaders: ["Host", "localhost:3000", ...keys.flatMap((key) => ["Idempotency-KEY", key])],
    });
  expect(send("a, b")).toBeUndefined();
  expect(send("a", "b")).toMatchObject({ status: 400, fields: { "Idempotency-Key": [say("header_repeated")] } });
});

test.each(["TRACE", "PROPFIND", "QUERY", "get", ""])(
  "the method %j is refused with the methods that exist",
  (method) => {
    expect(check({ method })).toMatchObject({
      status: 405,
      headers: { Allow: "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS" },
    });
  },
);

test.each([undefined, "", "a, b", "a b", "user@a", "a/b"])("the host %j is refused", (host) => {
  expect(check({ headers: { host } })).toMatchObject({ status: 400 });
});

test("only HTTP/1.1 has to name a host", () => {
  expect(check({ headers: {}, httpVersion: "1.0" })).toBeUndefined();
});

test.each([
  { "content-encoding": "gzip" },
  { "content-encoding": "identity, br" },
  { "transfer-encoding": "gzip, chunked" },
])("a compressed body is refused: %j", (headers) => {
  expect(check({ headers: { host: "x", ...headers } })).toMatchObject({ status: 415 });
});

test("a body of 1 MiB passes and one byte more is refused before it is read", () => {
  expect(check({ headers: { host: "x", "content-length": "1048576" } })).toBeUndefined();
  expect(check({ headers: { host: "x", "content-length": "1048577" } })).toMatchObject({ status: 413 });
});

test("an expectation other than 100-continue is refused", () => {
  expect(check({ headers: { host: "x", expect: "100-Continue" } })).toBeUndefined();
  expect(check({ headers: { host: "x", expect: "tea" } })).toMatchObject({ status: 400 });
});
