import type { RunningServer } from "#lib/testing/console/start-server";
import { expect, test } from "./fixtures.ts";
import { askRaw, header, sendRaw } from "./raw-http.ts";

let server: RunningServer;
let host: string;
test.beforeEach(({ server: given }) => {
  server = given;
  host = `localhost:${given.port}`;
});

const ask = (...request: [method: string, target: string, headers?: Record<string, string>, body?: string]) =>
  askRaw(server, ...request);

test("request targets that are not plain paths are refused", async () => {
  const targets = [
    "http://evil.example/",
    `http://evil.example@localhost:${server.port}/v2/me`,
    `http://localhost:${server.port}//evil.example`,
    `http://localhost:${server.port}/../v2/me`,
    "//evil.example",
    "//evil.example/%2e%2e",
    "///evil.example/..",
    "/\\evil.example",
    "/%5Cevil.example",
    "/%2F/evil.example",
    "/settings//",
    "*",
    "evil.example",
    "/%",
    "/%zz",
    "/v2/posts/%ff",
    "/%c0%ae%c0%ae/",
    "/a%00b",
    "/x%0d%0aSet-Cookie:%20session=1",
    "/../../etc/passwd",
    "/..%2f..%2fetc/passwd",
    "/_next/static/../../package.json",
    "/v2/../api/keys",
    "/x/../v2/me",
    "/caf\u00e9",
    "/a#b",
  ];
  for (const target of targets) {
    const answer = await ask("GET", target);
    expect(answer.status, target).toBe(400);
    expect(answer.headers.has("location"), target).toBe(false);
  }
});

test("no target, however odd, is an error of ours or leads to another site", async () => {
  const odd = [
    "%%%",
    "%E0%A4%A",
    "//evil.example",
    "https://evil.example",
    "javascript:alert(1)",
    "\\\\evil.example",
    "[]",
  ];
  const paths = [
    "/",
    "/sign-in",
    "/settings",
    "/account",
    "/nope",
    "/v2/me",
    "/v2/posts",
    "/api/auth/signin",
    "/api/auth/session",
  ];
  const more = [
    "/api/auth/callback/google",
    "/api/auth/nope",
    "/_next/image",
    "/_next/data/x/y.json",
    "/500",
    "/_error",
  ];
  const plain = [
    "/[[...path]]",
    "/(console)/settings",
    "/@x",
    "/__proto__",
    "/constructor",
    "/settings.rsc",
    "/~",
    "/;",
    "/v2",
    "/api",
  ];
  const targets = [
    ...plain,
    ...[...paths, ...more].flatMap((path) => [
      path,
      ...odd.map((value) => `${path}?callbackUrl=${value}&url=${value}&page=${value}`),
    ]),
  ];
  for (const target of targets) {
    const { status, headers } = await ask("GET", target);
    expect(status, target).toBeGreaterThan(0);
    expect(status, target).toBeLessThan(500);
    for (const location of headers.get("location") ?? []) {
      const to = new URL(location, server.url);
      expect([server.url, `http://127.0.0.1:${server.standInPort}`], `${target} → ${location}`).toContain(to.origin);
    }
  }
});

test("no header, however odd, is an error of ours, and none moves an answer to another host", async () => {
  const odd: Record<string, string>[] = [
    { Host: "evil.example" },
    { "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "X-Forwarded-Port": "1" },
    { Forwarded: "host=evil.example;proto=https" },
    { "X-Middleware-Subrequest": "middleware:middleware:middleware", "X-Middleware-Prefetch": "1" },
    { "X-Matched-Path": "/api/keys", "X-Now-Route-Matches": "1=x", "X-Nextjs-Data": "1" },
    { "Next-Action": "x", "Next-Resume": "1", "X-Action-Forwarded": "1" },
    { RSC: "1", "Next-Router-State-Tree": "garbage" },
    { RSC: "1", "Next-Router-State-Tree": "%" },
    { RSC: "1", "Next-Router-State-Tree": "%5B%22%22%2C%7B%7D%2C%22x%22%5D" },
    { "Next-Router-State-Tree": "[]", "Next-Router-Prefetch": "x", "Next-Router-Segment-Prefetch": "/../.." },
    { RSC: "1", "Next-Url": "//evil.example" },
    { Cookie: "%%%=%%%; session=%E0; __Host-session=; =; NEXT_LOCALE=../../x" },
    { "Accept-Language": "%%%;q=zz,,,*;q=9" },
    { "Accept-Language": "x".repeat(5000) },
    { Range: "bytes=9-1", "If-None-Match": "*", "If-Modified-Since": "x" },
    { "Accept-Encoding": "gzip;q=zz, br" },
    { Origin: "null", "Sec-Fetch-Site": "cross-site" },
    { TE: "trailers", Trailer: "x", constructor: "x", __proto__x: "x" },
  ];
  for (const path of ["/sign-in", "/settings", "/nope", "/v2/me", "/api/keys", "/api/auth/signin"]) {
    for (const headers of odd) {
      const { status, headers: got, body } = await ask("GET", path, headers);
      const what = `${path} ${JSON.stringify(headers).slice(0, 80)}`;
      expect(status, what).toBeGreaterThan(0);
      expect(status, what).toBeLessThan(500);
      expect(`${got.get("location")} ${body}`, what).not.toContain("evil.example");
    }
  }
});

test("methods that nobody serves are refused, with what is served instead", async () => {
  for (const method of ["TRACE", "PROPFIND", "QUERY", "MKCOL", "M-SEARCH"]) {
    const answer = await ask(method, "/v2/me");
    expect([method, answer.status, header(answer, "allow")]).toEqual([
      method,
      405,
      "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS",
    ]);
  }
  for (const method of ["FOO", "get", "GET\t", ""]) expect((await ask(method, "/")).status, method).toBe(400);
  for (const method of ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
    expect([method, (await ask(method, "/sign-in")).status]).toEqual([method, 405]);
  }
  expect((await ask("CONNECT", "evil.example:443")).status).toBe(405);
  expect((await sendRaw(server.port, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")).status).toBe(400);
});

test("the server as a whole tells its methods", async () => {
  const answer = await ask("OPTIONS", "*");
  expect([answer.status, header(answer, "allow")]).toEqual([204, "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"]);
});

test("two Idempotency-Keys are none", async () => {
  for (const path of ["/v2/posts", "/api/keys"]) {
    const fields = `Host: ${host}\r\nContent-Type: application/json\r\nContent-Length: 2\r\n`;
    const keys = "Idempotency-Key: a\r\nidempotency-key: b\r\n";
    const { status, body } = await sendRaw(server.port, `POST ${path} HTTP/1.1\r\n${fields}${keys}\r\n{}`);
    expect([status, JSON.parse(body).fields]).toEqual([400, { "Idempotency-Key": ["Give this header once."] }]);
  }
});

test("requests that two servers could read differently are refused", async () => {
  const post = `POST /v2/posts HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\n`;
  const requests = [
    `${post}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    `${post}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`,
    `${post}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`,
    `${post}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n`,
    `${post}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`,
    `${post}Content-Length: -1\r\n\r\n`,
    `${post}Content-Length: 0x2\r\n\r\n{}`,
    `GET / HTTP/1.1\r\n\r\n`,
    `GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n`,
    `GET / HTTP/1.1\r\nHost: a@b\r\n\r\n`,
    `GET / HTTP/1.1\r\nHost: ${host}\r\nX: a\r\n b\r\n\r\n`,
    `GET / HTTP/1.1\r\nHost: ${host}\r\nX: a\0b\r\n\r\n`,
    `GET / HTTP/1.1\r\nHost: ${host}\r\nX: a\rb\r\n\r\n`,
    `GET / HTTP/1.1\nHost: ${host}\n\n`,
    `GET / HTTP/3.7\r\nHost: ${host}\r\n\r\n`,
  ];
  for (const request of requests) {
    const { status } = await sendRaw(server.port, request);
    expect([400, 415], JSON.stringify(request)).toContain(status);
  }
});
