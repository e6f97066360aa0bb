import { expect, test } from "vitest";
import { routePattern } from "#lib/server/fast-lane";

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
