import { globSync } from "node:fs";
import { expect, test } from "vitest";
import { findRoute } from "#lib/server/fast-lane";

const files = globSync("app/v2/**/route.ts");

test.each(files)("%s is answered by the fast lane", (file) => {
  const pattern = file
    .replace(/^app(.*)\/route\.ts$/, "$1")
    .replace("[[...path]]", "{path}")
    .replaceAll("[", "{")
    .replaceAll("]", "}");
  const path = pattern === "/v2/{path}" ? "/v2/no/such" : pattern.replace(/\{\w+\}/g, "some-id");
  expect(findRoute(path)?.pattern).toBe(pattern);
});

test("parameters arrive decoded", () => {
  expect(findRoute("/v2/posts/a%20b")?.params).toEqual({ postId: "a b" });
});

test("the bare prefix is answered as any unknown address under it", () => {
  expect(findRoute("/v2")).toBe(findRoute("/v2/no/such"));
});

test.each(["/", "/v20/me", "/V2/me", "/healthz/x", "/settings", "/api/keys"])("%s is Next's", (path) => {
  expect(findRoute(path)).toBeUndefined();
});
