import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { readSettings } from "#lib/env";
import { jsonResponse } from "#lib/http/json-response";
import type { RouteHandler } from "#lib/http/route";
import { routeMethods } from "#lib/http/route-methods";
import { answerFast } from "#lib/server/fast-lane";
import { securityHeaders } from "#lib/server/refuse";

const security = securityHeaders(readSettings({}), false);
let server: Server;
afterEach(() => void server.closeAllConnections());

const serve = async (handle: RouteHandler) => {
  const route = { pattern: "/x", module: routeMethods({ GET: handle, POST: handle }), params: { id: "7" } };
  server = createServer((request, response) => {
    void answerFast(request, response, route, { origin: "http://localhost:3000", security });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/x?y=1`;
};

test("what a handler throws becomes a 500 in the caller's dialect that tells nothing", async () => {
  const url = await serve(() => {
    throw new Error("the password is hunter2");
  });
  const answer = await fetch(url);
  expect(answer.status).toBe(500);
  expect(await answer.json()).toEqual({ error: "InternalServerError", message: "Something went wrong on the server." });
  expect(answer.headers.get("x-request-id")).toMatch(/^[\da-f-]{36}$/);
  const other = await fetch(url, { headers: { Authorization: "Api-Key x" } });
  expect(await other.json()).toEqual({ detail: "Something went wrong on the server." });
});

test("a handler that answers nothing is a 500, never a hung connection", async () => {
  const url = await serve((async () => undefined) as unknown as RouteHandler);
  expect((await fetch(url)).status).toBe(500);
});

test("a handler gets the request and its parameters, and its own headers win", async () => {
  const url = await serve(async (request, { params }) => {
    const content = JSON.stringify([request.url, new TextDecoder().decode(await request.bytes()), params]);
    return { status: 200, headers: [["cache-control", "max-age=1"]], content };
  });
  const answer = await fetch(url, { method: "POST", body: "é" });
  expect(await answer.json()).toEqual(["http://localhost:3000/x?y=1", "é", { id: "7" }]);
  expect(answer.headers.get("cache-control")).toBe("max-age=1");
  expect(answer.headers.get("content-security-policy")).toBe("default-src 'none'; frame-ancestors 'none'");
});

test("HEAD has the headers of GET and no body", async () => {
  const url = await serve(async () => jsonResponse(200, { a: 1 }, "id"));
  const answer = await fetch(url, { method: "HEAD" });
  expect([answer.status, answer.headers.get("content-type"), await answer.text()]).toEqual([
    200,
    "application/json; charset=utf-8",
    "",
  ]);
});
