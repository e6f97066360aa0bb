import type { RunningServer } from "#lib/testing/console/start-server";
import { expect, test } from "./fixtures.ts";
import { askRaw, header, sendRaw } from "./raw-http.ts";

const MEBIBYTE = 1024 * 1024;
const PATHS = ["/v2/posts", "/api/keys"];
const JSON_BODY = { "Content-Type": "application/json" };

let server: RunningServer;
let host: string;
test.beforeEach(({ server: given }) => {
  server = given;
  host = `localhost:${given.port}`;
});

const ask = (...request: [method: string, target: string, headers?: Record<string, string>, body?: string]) =>
  askRaw(server, ...request);

for (const path of PATHS) {
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
      expect([answer.status, header(answer, "connection")]).toEqual([413, "close"]);
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

test("a header given twice is seen as given twice", async () => {
  const twice = (name: string, value: string) =>
    `GET /v2/me HTTP/1.1\r\nHost: ${host}\r\n${name}: ${value}\r\n${name}: ${value}\r\nConnection: close\r\n\r\n`;
  for (const [name, value] of [
    ["Authorization", "Api-Key x"],
    ["boring-api-key", "x"],
  ] as const) {
    const answer = await sendRaw(server.port, twice(name, value));
    expect([answer.status, header(answer, "x-auth-error")]).toEqual([401, "conflicting_credentials"]);
  }
});
