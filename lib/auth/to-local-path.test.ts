import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { toLocalPath } from "#lib/auth/to-local-path";
import { useSettings } from "#lib/testing/process-state";

const ORIGIN = "http://localhost:3000";

beforeAll(() => {
  useSettings();
});

test.each([
  ["/settings", "/settings"],
  ["/account?tab=security#sessions", "/account?tab=security#sessions"],
  [`${ORIGIN}/posts?page=2`, "/posts?page=2"],
  [ORIGIN, "/"],
  ["/帳號", "/%E5%B8%B3%E8%99%9F"],
])("%s stays where it leads", (target, path) => {
  expect(toLocalPath(target)).toBe(path);
});

test.each([
  "//evil.example",
  "//evil.example/settings",
  "/\\evil.example",
  "\\\\evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  "/.//evil.example",
  "/x/..//evil.example",
  "https://evil.example/settings",
  `${ORIGIN}.evil.example/`,
  `${ORIGIN}@evil.example/`,
  "http://localhost:30001/",
  "https://localhost:3000/settings",
  "javascript:alert(1)",
  "data:text/html,hello",
  " /settings",
  "settings",
  "%%%",
  "/%%%",
  "/%ff",
  "/settings\u0000x",
  "/settings\\x",
  "",
  "/".padEnd(5000, "a"),
  undefined,
  null,
  7,
  ["/settings"],
  { toString: () => "/settings" },
])("%j leads to the front page", (target) => {
  expect(toLocalPath(target)).toBe("/");
});

test("nothing leads off the origin, neither as a path nor behind the origin", () => {
  const parts = fc.constantFrom(
    "/",
    "\\",
    "//",
    "..",
    ".",
    "@",
    ":",
    "evil.example",
    "%2f",
    "%5c",
    "?",
    "#",
    "\t",
    ORIGIN,
    "javascript:",
  );
  const targets = fc.oneof(
    fc.string(),
    fc.webUrl(),
    fc.array(parts, { maxLength: 8 }).map((list) => list.join("")),
  );
  fc.assert(
    fc.property(targets, (target) => {
      const path = toLocalPath(target);
      expect(new URL(path, ORIGIN).origin).toBe(ORIGIN);
      expect(new URL(ORIGIN + path).origin).toBe(ORIGIN);
      expect(path).toMatch(/^\/(?![/\\])/);
    }),
    { numRuns: 5000 },
  );
});
