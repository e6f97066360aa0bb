import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { expect, test } from "vitest";
import { toRouteRequest } from "#lib/server/to-route-request";

const make = (body?: string) => {
  const headers = { host: "evil.example", "content-type": "application/json", accept: "*/*, text/x" };
  const incoming = Object.assign(new IncomingMessage(new Socket()), {
    method: "POST",
    url: "/v2/posts?page=2",
    headers,
  });
  return toRouteRequest(incoming, "https://console.example.com", body === undefined ? undefined : Buffer.from(body));
};

test("a request is under the public origin, and its headers are found by their names in any case", () => {
  const { method, url, headers } = make("{}");
  expect([method, url]).toEqual(["POST", "https://console.example.com/v2/posts?page=2"]);
  expect([headers.get("Accept"), headers.get("X-None")]).toEqual(["*/*, text/x", null]);
  expect([headers.has("ACCEPT"), headers.has("constructor"), headers.get("__proto__")]).toEqual([true, false, null]);
});

test("its body is what was sent, and empty where nothing was", async () => {
  expect(Buffer.from(await make("é").bytes()).toString()).toBe("é");
  expect((await make().bytes()).length).toBe(0);
});
