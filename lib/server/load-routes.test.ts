import { globSync } from "node:fs";
import { expect, test } from "vitest";
import { loadRoutes, type RouteModule, routeFinder, routePattern } from "#lib/server/load-routes";

const findRoute = await loadRoutes();

test.each(globSync("app/**/route.ts"))("%s answers at its address", (file) => {
  const address = file
    .replace(/^app/, "")
    .replace(/\/route\.ts$/, "")
    .replace(/\/\(\w+\)/g, "");
  const path = address.replace(/\[+\.{3}\w+\]+/, "no/such").replace(/\[\w+\]/g, "some-id");
  const pattern = address.replace(/\[+\.{3}(\w+)\]+/, "{$1}").replace(/\[(\w+)\]/g, "{$1}");
  expect(findRoute(path)?.pattern).toBe(pattern === "/api/auth/{nextauth}" ? "/api/auth/no/such" : pattern);
});

test("parameters arrive decoded, each under its name", () => {
  expect(findRoute("/v2/posts/a%20b")?.params).toEqual({ postId: "a b" });
  const path = "/api/webhooks/one/deliveries/two/replay";
  expect(findRoute(path)?.params).toEqual({ webhookId: "one", deliveryId: "two" });
});

test("the bare prefix is answered as any unknown address under it", () => {
  for (const prefix of ["/v2", "/api"]) {
    expect(findRoute(prefix)?.module).toBe(findRoute(`${prefix}/no/such`)?.module);
    expect(findRoute(prefix)?.pattern).toBe(`${prefix}/{path}`);
  }
});

test("security.txt is at both of its addresses", () => {
  expect(findRoute("/.well-known/security.txt")).toBe(findRoute("/security.txt"));
});

test("of the address of a sign-in the log keeps the words", () => {
  expect(findRoute("/api/auth/callback/google")?.pattern).toBe("/api/auth/callback/google");
  expect(findRoute("/api/auth/boring_0123")?.pattern).toBe("/api/auth/{…}");
});

test.each(["/", "/v20/me", "/V2/me", "/healthz/x", "/openapiXjson", "/settings", "/(console)/accounts/callback"])(
  "%s is no route's",
  (path) => expect(findRoute(path)).toBeUndefined(),
);

test("a fixed segment goes before a parameter, and that before the rest, however the files are ordered", () => {
  const files = ["a/[[...path]]", "a/[id]/b", "a/[id]/[other]", "a/x/[other]", "a/x/b", "a/[id]"];
  const modules = files.map((file): [string[], RouteModule] => [file.split("/"), {} as RouteModule]);
  for (const order of [modules, modules.toReversed()]) {
    const find = routeFinder(order);
    const found = ["/a", "/a/x", "/a/x/b", "/a/x/c", "/a/y/b", "/a/y/c", "/a/y/c/d"].map((path) => find(path)?.pattern);
    expect(found).toEqual([
      ...["/a/{path}", "/a/{id}", "/a/x/b", "/a/x/{other}"],
      ...["/a/{id}/b", "/a/{id}/{other}", "/a/{path}"],
    ]);
  }
});

test.each([
  ["/", "/"],
  ["/settings", "/settings"],
  ["/api/auth/callback/google", "/api/auth/callback/google"],
  ["/api/keys/01890af2-0000-7000-8000-000000000000", "/api/keys/{…}"],
  ["/_next/static/chunks/a.js", "/_next/{path}"],
  ["/boring_0123456789ABCDEFGHIJabcdefghij3dpHPp", "/{…}"],
  ["/x/boring_0123", "/x/{…}"],
  ["/%E4%BD%A0/y", "/{…}/y"],
])("the log calls %s %s", (path, pattern) => expect(routePattern(path)).toBe(pattern));
