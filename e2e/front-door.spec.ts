import { readFileSync } from "node:fs";
import { type RunningServer, startServer } from "#lib/testing/console/start-server";
import { expect, test } from "./fixtures.ts";
import { askRaw, findScript, header, type RawAnswer, sendRaw } from "./raw-http.ts";

const MEBIBYTE = 1024 * 1024;
const JSON_BODY = { "Content-Type": "application/json" };

let server: RunningServer;
test.beforeEach(({ server: given }) => {
  server = given;
});

const ask = (...request: [method: string, target: string, headers?: Record<string, string>, body?: string]) =>
  askRaw(server, ...request);

test("Next was built with pages alone: every route is the front door's, and the only one of its kind", () => {
  const built = Object.keys(JSON.parse(readFileSync(".next/server/app-paths-manifest.json", "utf8")));
  expect(built).toContain("/(console)/settings/page");
  expect(built.filter((name) => !name.endsWith("/page"))).toEqual([]);
});

const expectSecurityHeaders = (answer: RawAnswer, what: string) => {
  expect(answer.status, `${what}: no answer`).toBeGreaterThan(0);
  const expected = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
  };
  for (const [name, value] of Object.entries(expected)) expect(header(answer, name), `${what}: ${name}`).toBe(value);
  const policy = header(answer, "content-security-policy") ?? "";
  expect(policy, `${what}: policy`).toContain("frame-ancestors 'none'");
  expect(policy, `${what}: policy`).not.toContain("unsafe-");
  expect(policy, `${what}: one policy`).not.toContain("|");
  expect(header(answer, "permissions-policy"), what).toContain("camera=()");
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
    expect(header(await ask("GET", path), "cache-control"), path).toContain("no-store");
  }
  const script = findScript((await ask("GET", "/sign-in")).body);
  expect(header(await ask("GET", script), "cache-control")).toMatch(/^public, ?max-age=31536000, ?immutable$/);
});

test("every script of a page has the page's own nonce, which no other page has and no caller can choose", async () => {
  const nonces = new Set<string>();
  for (const path of ["/sign-in", "/sign-in", "/no/such/page"]) {
    const answer = await ask("GET", path, { "Content-Security-Policy": "script-src 'nonce-Zm9yZ2VkZm9yZ2VkZm9yZw=='" });
    const nonce = /script-src 'self' 'nonce-([^']+)' 'strict-dynamic';/.exec(
      header(answer, "content-security-policy") ?? "",
    )?.[1];
    const scripts = answer.body.match(/<script[^>]*>/g) ?? [];
    expect(scripts.length, path).toBeGreaterThan(0);
    for (const script of scripts) expect(script, path).toContain(`nonce="${nonce}"`);
    expect(answer.body).not.toMatch(/\son\w+="|style="/);
    nonces.add(String(nonce));
  }
  expect(nonces.size).toBe(3);
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

test("who finds a vulnerability finds whom to tell, where the operator said it", async () => {
  const { version } = JSON.parse(readFileSync("package.json", "utf8"));
  const told = await startServer({ env: { SECURITY_CONTACT: "mailto:security@example.com" } });
  for (const path of ["/.well-known/security.txt", "/security.txt"]) {
    const answer = await fetch(told.url + path);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/plain; charset=utf-8"]);
    const text = await answer.text();
    expect(text).toContain("Contact: mailto:security@example.com\n");
    expect(text).toContain(`Canonical: ${told.url}/.well-known/security.txt\n`);
    const [, expires = ""] = /^Expires: (.+)$/m.exec(text) ?? [];
    expect(Date.parse(expires)).toBeGreaterThan(Date.now());
  }
  expect(await (await fetch(`${told.url}/healthz`)).json()).toEqual({ status: "ok", version });
  expect(told.output()).toContain(`Boring Console ${version} is ready.`);
  await told.stop();
  const untold = await startServer();
  expect((await fetch(`${untold.url}/.well-known/security.txt`)).status).toBe(404);
  await untold.stop();
});
