import { expect, test } from "vitest";
import { callApi } from "#lib/networks/mastodon/call-api";
import { NetworkError } from "#lib/networks/network-error";
import { allowHosts, serve } from "#lib/outbound/testing/test-server";

const connect = async (...answering: Parameters<typeof serve>) => {
  const server = await serve(...answering);
  allowHosts(`127.0.0.1:${server.port}`);
  return { server, session: { serverUrl: server.url, token: "the-token" } };
};

test("a server that was only too slow is left in peace before it is asked what it did", async () => {
  const { session } = await connect(() => {});
  const call = { method: "POST", isIrreversible: true, idleMilliseconds: 50 };
  const error = await callApi(session, "/api/v1/statuses", call).catch((thrown: unknown) => thrown);
  if (!(error instanceof NetworkError)) throw new Error("It answered.");
  expect(error.reason).toBe("uncertain");
  expect(error.retryAt?.getTime()).toBeGreaterThan(Date.now() + 20_000);
});

test("a token goes nowhere but to its own server", async () => {
  const elsewhere = await serve((_request, response) => response.end("{}"));
  const { server, session } = await connect((_request, response) => {
    response.writeHead(302, { location: elsewhere.url }).end();
  });
  allowHosts(`127.0.0.1:${server.port}`, `127.0.0.1:${elsewhere.port}`);
  await expect(callApi(session, "/api/v1/statuses")).rejects.toMatchObject({ reason: "unavailable" });
  expect(server.requests[0]?.headers.authorization).toBe("Bearer the-token");
  expect(elsewhere.connections).toHaveLength(0);
});

test("a place that may not be reached is refused for good", async () => {
  allowHosts();
  const session = { serverUrl: "http://127.0.0.1", token: "the-token" };
  await expect(callApi(session, "/api/v1/statuses")).rejects.toMatchObject({ reason: "refused" });
});
