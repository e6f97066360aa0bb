import { connect } from "node:net";
import { expect, test } from "@playwright/test";
import { type RawAnswer, rawRequest, sendRaw, untilClosed } from "./raw-http.ts";
import { type RunningServer, startServer } from "./start-server.ts";

const MEBIBYTE = 1024 * 1024;
const LANES = ["/v2/posts", "/api/keys"];
const JSON_BODY = { "Content-Type": "application/json" };

let server: RunningServer;
let host: string;
test.beforeAll(async () => {
  server = await startServer();
  host = `localhost:${server.port}`;
});
test.afterAll(() => server.stop());

const ask = (method: string, target: string, headers: Record<string, string> = {}, body = "") =>
  sendRaw(server.port, rawRequest(method, target, { Host: host, ...headers }, body));

const one = ({ headers }: RawAnswer, name: string): string | undefined => headers.get(name)?.join(" | ");

const findScript = (page: string): string => /src="(\/_next\/static\/[^"]+)"/.exec(page)?.[1] ?? "no script";

const expectSecurityHeaders = (answer: RawAnswer, what: string) => {
  expect(answer.status, `${what}: no answer`).toBeGreaterThan(0);
  const expected = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
  };
  for (const [name, value] of Object.entries(expected)) expect(one(answer, name), `${what}: ${name}`).toBe(value);
  const policy = one(answer, "content-security-policy") ?? "";
  expect(policy, `${what}: policy`).toContain("frame-ancestors 'none'");
  expect(policy, `${what}: policy`).not.toContain("unsafe-");
  expect(policy, `${what}: one policy`).not.toContain("|");
  expect(one(answer, "permissions-policy"), what).toContain("camera=()");
  expect(answer.headers.has("x-powered-by"), what).toBe(false);
  expect(answer.headers.has("access-control-allow-origin"), what).toBe(false);
  expect(answer.headers.has("strict-transport-security"), `${what}: HSTS over http`).toBe(false);
};

test("every answer carries the security headers, refusals and errors of every kind included", async () => {
  const answers: Record<string, Promise<RawAnswer>> = {
    "sign-in page": ask("GET", "/sign-in"),
    "a page for nobody": ask("GET", "/settings"),
    "no such page": ask("GET", "/no/such/page"),
    "no such file of the build": ask("GET", "/_next/static/nope.js"),
    "no such picture": ask("GET", "/nope.png", { "Sec-Fetch-Dest": "image" }),
    redirect: ask("GET", "/settings/"),
    "redirect by host": ask("GET", "/settings", { Host: `127.0.0.1:${server.port}` }),
    health: ask("GET", "/healthz"),
    "no key": ask("GET", "/v2/me"),
    "no such route": ask("GET", "/v2/nothing"),
    "no session": ask("GET", "/api/keys"),
    "wrong method of the API": ask("DELETE", "/v2/me"),
    "wrong method of a page": ask("POST", "/sign-in", {}, "x=1"),
    "unknown method": ask("FOO", "/"),
    TRACE: ask("TRACE", "/"),
    CONNECT: ask("CONNECT", "evil.example:443"),
    upgrade: ask("GET", "/", { Connection: "Upgrade", Upgrade: "websocket" }),
    "malformed path": ask("GET", "/%ff"),
    "no host": sendRaw(server.port, "GET / HTTP/1.1\r\n\r\n"),
    "not HTTP": sendRaw(server.port, "\x16\x03\x01\x02\x00\x01\x00\r\n\r\n"),
    "large headers": ask("GET", "/", { "X-Large": "x".repeat(17 * 1024) }),
    "large body": ask("POST", "/v2/posts", { ...JSON_BODY, "Content-Length": String(MEBIBYTE + 1) }),
    compressed: ask("POST", "/v2/posts", { ...JSON_BODY, "Content-Encoding": "gzip" }, "x"),
    OPTIONS: ask("OPTIONS", "/v2/me"),
    HEAD: ask("HEAD", "/v2/me"),
  };
  for (const [what, answer] of Object.entries(answers)) expectSecurityHeaders(await answer, what);
});

test("nothing but the build's files may be kept by a cache", async () => {
  for (const path of ["/sign-in", "/settings", "/nope", "/v2/me", "/api/keys", "/api/auth/session", "/healthz", "/%"]) {
    expect(one(await ask("GET", path), "cache-control"), path).toContain("no-store");
  }
  const script = findScript((await ask("GET", "/sign-in")).body);
  expect(one(await ask("GET", script), "cache-control")).toBe("public, max-age=31536000, immutable");
});

test("every script of a page has the page's own nonce, which no other page has and no caller can choose", async () => {
  const nonces = new Set<string>();
  for (const path of ["/sign-in", "/sign-in", "/no/such/page"]) {
    const answer = await ask("GET", path, { "Content-Security-Policy": "script-src 'nonce-Zm9yZ2VkZm9yZ2VkZm9yZw=='" });
    const nonce = /script-src 'self' 'nonce-([^']+)' 'strict-dynamic';/.exec(
      one(answer, "content-security-policy") ?? "",
    )?.[1];
    const scripts = answer.body.match(/<script[^>]*>/g) ?? [];
    expect(scripts.length, path).toBeGreaterThan(0);
    for (const script of scripts) expect(script, path).toContain(`nonce="${nonce}"`);
    expect(answer.body).not.toMatch(/\son\w+="|style="/);
    nonces.add(String(nonce));
  }
  expect(nonces.size).toBe(3);
});

test("request targets that are not plain paths are refused", async () => {
  const targets = [
    "http://evil.example/",
    `http://localhost:${server.port}/v2/me`,
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
    "/[...path]",
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
    expect([method, answer.status, one(answer, "allow")]).toEqual([
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
  expect((await ask("GET", "/v2/me", { Connection: "Upgrade", Upgrade: "h2c" })).status).toBe(400);
  expect((await sendRaw(server.port, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")).status).toBe(400);
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

for (const path of LANES) {
  test.describe(`bodies to ${path}`, () => {
    const chunked = (chunk: string, count: number) =>
      Array.from({ length: count }, () => `${chunk.length.toString(16)}\r\n${chunk}\r\n`);
    const head = (headers: string) =>
      `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\n${headers}\r\n`;

    test("are read up to 1 MiB, announced or in chunks", async () => {
      const text = `"${"x".repeat(MEBIBYTE - 2)}"`;
      expect((await ask("POST", path, JSON_BODY, text)).status).toBe(401);
      const parts = [head("Transfer-Encoding: chunked\r\n"), ...chunked("x".repeat(1024), 1024), "0\r\n\r\n"];
      expect((await sendRaw(server.port, ...parts)).status).toBe(401);
    });

    test("are refused beyond, without being read when they announce it", async () => {
      const answer = await sendRaw(server.port, head(`Content-Length: ${60 * MEBIBYTE}\r\n`));
      expect([answer.status, one(answer, "connection")]).toEqual([413, "close"]);
      expect(JSON.parse(answer.body)).toEqual({
        error: "PayloadTooLarge",
        message: "The body is larger than 1048576 bytes.",
      });
      const detail = await ask("POST", path, { "Content-Length": "99999999999999999", Authorization: "Api-Key x" });
      expect(JSON.parse(detail.body)).toEqual({ detail: "The body is larger than 1048576 bytes." });
    });

    test("in chunks are refused as soon as they are too large, and the sender can read why", async () => {
      const parts = [head("Transfer-Encoding: chunked\r\n"), ...chunked("x".repeat(MEBIBYTE / 4), 40), "0\r\n\r\n"];
      expect((await sendRaw(server.port, ...parts)).status).toBe(413);
    });

    test("are asked for only when they will be read", async () => {
      const refused = await ask("POST", path, { Expect: "100-continue", "Content-Length": String(2 * MEBIBYTE) });
      expect([refused.status, refused.raw.startsWith("HTTP/1.1 413")]).toEqual([413, true]);
      const read = await ask("POST", path, { Expect: "100-continue", ...JSON_BODY }, "{}");
      expect([read.status, read.raw.startsWith("HTTP/1.1 100")]).toEqual([401, true]);
      expect((await ask("POST", path, { Expect: "tea" }, "{}")).status).toBe(400);
    });

    test("are refused when compressed", async () => {
      for (const encoding of ["gzip", "br", "deflate", "identity, gzip"]) {
        expect((await ask("POST", path, { "Content-Encoding": encoding }, "x")).status, encoding).toBe(415);
      }
    });
  });
}

test("headers are read up to 16 KiB and refused beyond, however they are cut", async () => {
  expect((await ask("GET", "/v2/me", { "X-Large": "x".repeat(15 * 1024) })).status).toBe(401);
  expect((await ask("GET", "/v2/me", { "X-Large": "x".repeat(17 * 1024) })).status).toBe(431);
  const many = Object.fromEntries(Array.from({ length: 4000 }, (_, index) => [`x${index}`, "y"]));
  expect((await ask("GET", "/v2/me", many)).status).toBe(431);
  expect((await ask("GET", `/v2/me?${"x".repeat(17 * 1024)}`)).status).toBe(431);
});

test("a header given twice is seen as given twice, in either lane", async () => {
  const twice = (name: string, value: string) =>
    `GET /v2/me HTTP/1.1\r\nHost: ${host}\r\n${name}: ${value}\r\n${name}: ${value}\r\nConnection: close\r\n\r\n`;
  for (const [name, value] of [
    ["Authorization", "Api-Key x"],
    ["boring-api-key", "x"],
  ] as const) {
    const answer = await sendRaw(server.port, twice(name, value));
    expect([answer.status, one(answer, "x-auth-error")]).toEqual([401, "conflicting_credentials"]);
  }
});

test("slow and idle connections are closed within 20 seconds", async () => {
  test.setTimeout(60_000);
  const open = (first: string, dribble = "") => {
    const socket = connect(server.port, "127.0.0.1", () => socket.write(first));
    const timer = dribble ? setInterval(() => socket.write(dribble), 700) : undefined;
    socket.resume().once("close", () => clearInterval(timer));
    return socket;
  };
  const post = (path: string, header: string) => `POST ${path} HTTP/1.1\r\nHost: ${host}\r\n${header}\r\n\r\n`;
  const sockets = {
    "says nothing": open(""),
    "sends half a head": open("GET / HTTP/1.1\r\nHost:"),
    "dribbles its head": open(`GET / HTTP/1.1\r\nHost: ${host}\r\n`, "X: y\r\n"),
    "is idle after an answer": open(`GET /healthz HTTP/1.1\r\nHost: ${host}\r\n\r\n`),
    "stops in the middle of its body": open(`${post("/v2/posts", "Content-Length: 9")}{`),
    "stops in the middle of its body to Next": open(`${post("/api/keys", "Content-Length: 9")}{`),
    "dribbles its body": open(post("/v2/posts", "Content-Length: 99999"), "x"),
    "dribbles its chunks": open(post("/api/keys", "Transfer-Encoding: chunked"), "1\r\nx\r\n"),
    "goes on after it was refused": open(post("/v2/posts", `Content-Length: ${2 * MEBIBYTE}`), "x"),
  };
  await Promise.all(
    Object.entries(sockets).map(async ([what, socket]) => expect(await untilClosed(socket), what).toBeLessThan(20_000)),
  );
});

test("callers who do not take their answers, or only drop by drop, are let go", async () => {
  test.setTimeout(60_000);
  const script = findScript((await ask("GET", "/sign-in")).body);
  const open = (takes: number) => {
    const socket = connect(server.port, "127.0.0.1").pause();
    // More answers than the sockets between can hold. That the other side is gone shows when writing fails.
    socket.write(`GET ${script} HTTP/1.1\r\nHost: ${host}\r\n\r\n`.repeat(1000));
    const timer = setInterval(() => {
      socket.write("\r\n");
      if (takes > 0) socket.read(takes);
    }, 500);
    return socket.once("close", () => clearInterval(timer));
  };
  const durations = await Promise.all([open(0), open(100)].map(untilClosed));
  for (const duration of durations) expect(duration).toBeLessThan(20_000);
});

test("callers cannot choose the address that they are known by", async () => {
  const forged = { "X-Forwarded-For": "6.6.6.6", "X-Real-IP": "6.6.6.6", Forwarded: "for=6.6.6.6" };
  await ask("GET", "/v2/known/by", forged);
  await expect.poll(() => server.output()).toContain('"address":"127.0.0.1"');
  expect(server.output()).not.toContain("6.6.6.6");
});

test("the log has a line for each request, without its query", async () => {
  await ask("GET", "/v2/nothing/boring_0123456789ABCDEFGHIJabcdefghij3dpHPp?token=query-secret");
  await ask("GET", "/logged/SomeSecret?token=query-secret");
  await expect.poll(() => server.output()).toContain('"route":"/logged/{…}","status":404');
  expect(server.output()).toMatch(
    /"method":"GET","route":"\/v2\/\{path\}","status":404,"milliseconds":[\d.]+,"address":"127\.0\.0\.1"/,
  );
  expect(server.output()).not.toMatch(/query-secret|SomeSecret|boring_0123/);
});

test("pipelined requests are answered in order, and what follows them does no harm", async () => {
  const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
  const socket = connect(server.port, "127.0.0.1");
  let raw = "";
  socket.setEncoding("latin1").on("data", (text) => {
    raw += text;
  });
  socket.write(`${get("/healthz")}${get("/sign-in")}${get("/v2/nothing")}garbage\r\n\r\n`);
  await untilClosed(socket);
  expect(raw.match(/HTTP\/1\.1 \d{3}/g)?.slice(0, 3)).toEqual(["HTTP/1.1 200", "HTTP/1.1 200", "HTTP/1.1 404"]);
});
