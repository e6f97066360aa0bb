import type { RequestListener } from "node:http";
import { expect, test } from "vitest";
import { connect } from "#lib/networks/bluesky/connect";
import { allowHosts, serve } from "#lib/outbound/testing/test-server";

const DID = "did:plc:abc";

/** A server that signs anybody in and says that they are kept at `home`. */
const signIn = (home: unknown, more = {}): RequestListener => {
  return (_request, response) => {
    const service = [
      { id: "#other", serviceEndpoint: "http://other.example" },
      { id: "#atproto_pds", serviceEndpoint: home },
    ];
    const session = { did: DID, handle: "a.test", accessJwt: "access", refreshJwt: "refresh", didDoc: { service } };
    response.end(JSON.stringify({ ...session, ...more }));
  };
};

const give = (server: string) => connect({ identifier: "a.test", app_password: "secret", server });

test("an account is spoken to where it is kept, which need not be where it signed in", async () => {
  const home = await serve((_request, response) => {
    response.end(JSON.stringify({ value: { displayName: " Alice " } }));
  });
  const entrance = await serve(signIn(`${home.url}/`));
  allowHosts(`127.0.0.1:${home.port}`, `127.0.0.1:${entrance.port}`);
  expect(await give(entrance.url)).toMatchObject({
    serverUrl: home.url,
    displayName: "Alice",
    username: "a.test",
    credential: { accessJwt: "access", refreshJwt: "refresh", appPassword: "secret" },
  });
  expect(home.requests.map(({ url }) => url)).toEqual([
    `/xrpc/com.atproto.repo.getRecord?repo=${encodeURIComponent(DID)}&collection=app.bsky.actor.profile&rkey=self`,
  ]);
});

test("an account that is said to be kept in a private place is not connected, and nobody there is asked", async () => {
  const home = await serve((_request, response) => response.end("{}"));
  for (const place of [home.url, "http://169.254.169.254/", "https://10.0.0.1", "http://example.com", "file:///etc"]) {
    const entrance = await serve(signIn(place));
    allowHosts(`127.0.0.1:${entrance.port}`);
    await expect(give(entrance.url)).rejects.toMatchObject({ name: "ConnectError", field: "server" });
  }
  expect(home.connections).toEqual([]);
});

test("a server that does not say where the account is kept keeps it, and a handle that is not proven is not shown", async () => {
  const entrance = signIn(undefined, { didDoc: "none", handle: "handle.invalid" });
  const server = await serve((request, response) => {
    if (request.url?.includes("createSession")) return entrance(request, response);
    response.writeHead(400).end(JSON.stringify({ error: "RecordNotFound" }));
  });
  allowHosts(`127.0.0.1:${server.port}`);
  expect(await give(server.url)).toMatchObject({ serverUrl: server.url, username: DID, displayName: DID });
});

test("a server that asks for a code was given the account's own password", async () => {
  const server = await serve((_request, response) => {
    response.writeHead(401).end(JSON.stringify({ error: "AuthFactorTokenRequired", message: "A code was sent." }));
  });
  allowHosts(`127.0.0.1:${server.port}`);
  await expect(give(server.url)).rejects.toMatchObject({ name: "ConnectError", field: "app_password" });
});
