import { expect, test } from "vitest";
import { acceptAbsoluteForm } from "#lib/server/check-request";
import { publicOrigin } from "#lib/server/client-address";

const ORIGIN = publicOrigin({ publicUrl: "https://console.example.com", publicUrlIsSet: true });
const LOOPBACK = { localAddress: "127.0.0.1", localPort: 3000 };

const accept = (url: string, { socket = LOOPBACK, host = "console.example.com" as string | undefined } = {}) => {
  const headers: { host?: string } = host === undefined ? {} : { host };
  const request = { url, httpVersion: "1.1", headers, socket };
  acceptAbsoluteForm(request, ORIGIN);
  return [request.url, headers.host];
};

test.each([
  ["https://console.example.com/v2/me?page=1", "/v2/me?page=1", "console.example.com"],
  ["HTTP://Console.Example.COM:80/v2/me", "/v2/me", "console.example.com"],
  ["https://console.example.com:443", "/", "console.example.com"],
  ["http://console.example.com?page=1", "/?page=1", "console.example.com"],
  ["http://localhost:3000/v2/me", "/v2/me", "localhost:3000"],
  ["http://[::1]:3000/v2/me", "/v2/me", "[::1]:3000"],
  ["http://127.0.0.1:3000//evil.example", "//evil.example", "127.0.0.1:3000"],
])("%s is the path %s of %s, whatever the Host header says", (url, path, host) => {
  expect(accept(url)).toEqual([path, host]);
  expect(accept(url, { host: "evil.example" })).toEqual([path, host]);
});

test("the address at which a caller arrived is ours, also on the port of HTTP", () => {
  const host = "192.0.2.7";
  expect(accept("http://192.0.2.7/x", { socket: { localAddress: "::ffff:192.0.2.7", localPort: 80 } })).toEqual([
    "/x",
    host,
  ]);
  expect(accept("http://[2001:db8::7]:3000/x", { socket: { localAddress: "2001:db8::7", localPort: 3000 } })).toEqual([
    "/x",
    "[2001:db8::7]:3000",
  ]);
});

test.each([
  "http://evil.example/",
  "http://localhost:3001/",
  "http://localhost/",
  "http://console.example.com:8080/",
  "http://console.example.com.evil.example/",
  "http://console.example.com@evil.example/",
  "http://evil.example@console.example.com/",
  "http://console.example.com#@evil.example/",
  "http://console.example.com\\@evil.example/",
  "http:console.example.com/",
  "http:///v2/me",
  "ftp://console.example.com/",
  "ws://console.example.com/",
  "*",
  "console.example.com:443",
])("%s stays as it is", (url) => {
  expect(accept(url)).toEqual([url, "console.example.com"]);
});

test("a missing or malformed Host is not mended by it", () => {
  const url = "http://localhost:3000/";
  expect(accept(url, { host: "a, b" })).toEqual([url, "a, b"]);
  const headers: { host?: string } = {};
  const request = { url, httpVersion: "1.1", headers, socket: LOOPBACK };
  acceptAbsoluteForm(request, ORIGIN);
  expect(request.url).toBe(url);
});
