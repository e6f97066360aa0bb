import { expect, test } from "vitest";
import { findDids } from "#lib/networks/bluesky/find-home";
import { allowHosts, serve } from "#lib/outbound/testing/test-server";

/** A server that knows some handles, fails at others, and never answers about the rest. */
const startServer = async () => {
  const server = await serve((request, response) => {
    const handle = new URL(request.url ?? "", "http://server.test").searchParams.get("handle") ?? "";
    if (handle.startsWith("silent")) return;
    const [status, answer] = handle.startsWith("broken")
      ? [Number(handle.split(".")[1]), "<html>"]
      : [200, JSON.stringify({ did: handle.startsWith("odd") ? "did:odd thing" : `did:plc:${handle}` })];
    response.writeHead(status).end(answer);
  });
  allowHosts(`127.0.0.1:${server.port}`);
  return server;
};

test("those are found that are known, each asked about once, and a look-up that fails finds nobody", async () => {
  const server = await startServer();
  const handles = ["a.test", "broken.500", "broken.429", "broken.403", "broken.200", "odd.test", "a.test", "b.test"];
  const found = await findDids(server.url, handles);
  expect(Object.fromEntries(found)).toEqual({ "a.test": "did:plc:a.test", "b.test": "did:plc:b.test" });
  expect(server.requests).toHaveLength(7);
});

test("look-ups that hang are given up after a few seconds, all of them together", { timeout: 20_000 }, async () => {
  const { url } = await startServer();
  const silent = Array.from({ length: 50 }, (_, index) => `silent.${index}`);
  const started = performance.now();
  const found = await findDids(url, ["a.test", ...silent]);
  expect([...found.keys()]).toEqual(["a.test"]);
  expect(performance.now() - started).toBeLessThan(10_000);
});

test("a server that cannot be reached finds nobody", async () => {
  allowHosts();
  expect((await findDids("http://127.0.0.1:9", ["a.test"])).size).toBe(0);
});
