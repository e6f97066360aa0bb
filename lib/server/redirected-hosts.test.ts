import { expect, test } from "vitest";
import { findRedirect } from "#lib/server/check-request";
import { publicOrigin } from "#lib/server/client-address";

const find = (host: string, url: string, { method = "GET", isSet = false } = {}) =>
  findRedirect(
    { method, url, httpVersion: "1.1", headers: { host }, rawHeaders: [] },
    url.split("?")[0] ?? "",
    publicOrigin({ publicUrl: "http://localhost:3000", publicUrlIsSet: isSet }),
  );

test.each(["127.0.0.1:3000", "[::1]:3000", "127.0.0.2:3000"])(
  "a page asked of %s is sent to the one address",
  (host) => {
    const location = "http://localhost:3000/settings?tab=keys";
    expect(find(host, "/settings?tab=keys")).toEqual({ status: 307, location });
  },
);

test.each(["localhost:3000", "evil.example:3000", "127.0.0.1:8080", "127.0.0.1", "127.0.0.1.evil.example:3000"])(
  "a page asked of %s stays",
  (host) => expect(find(host, "/settings")).toBeUndefined(),
);

test.each(["/v2/me", "/v2", "/api/keys", "/healthz", "/readyz", "/openapi.json", "/_next/static/x.js"])(
  "%s is answered under any name",
  (url) => expect(find("127.0.0.1:3000", url)).toBeUndefined(),
);

test("nothing is redirected by host when the public address was set", () => {
  expect(find("127.0.0.1:3000", "/settings", { isSet: true })).toBeUndefined();
});

test("only reading is redirected by host", () => {
  expect(find("127.0.0.1:3000", "/settings", { method: "POST" })).toBeUndefined();
});

test("a slash at the end leads to the address without it, on the same host", () => {
  expect(find("localhost:3000", "/v2/me/?x=1")).toEqual({ status: 308, location: "/v2/me?x=1" });
  expect(find("localhost:3000", "/")).toBeUndefined();
});
