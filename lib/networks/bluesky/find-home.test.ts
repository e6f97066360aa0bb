import type { RequestListener } from "node:http";
import { expect, test } from "vitest";
import { connect } from "#lib/networks/bluesky/connect";
import { findHome } from "#lib/networks/bluesky/find-home";
import { allowHosts, serve, type TestServer } from "#lib/outbound/testing/test-server";

const DID = "did:plc:abc";
const PASSWORD = "abcd-efgh-ijkl-mnop";

/** A server that keeps some accounts, by every name that each signs in with. */
const keep = (names: string[], did = DID, domain = ".pds.test"): Promise<TestServer> => {
  const listener: RequestListener = (request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      const answer = (status: number, json: object) => response.writeHead(status).end(JSON.stringify(json));
      if (request.url?.includes("describeServer")) return answer(200, { availableUserDomains: [domain] });
      if (request.url?.includes("resolveHandle")) return answer(200, { did: DID });
      if (!request.url?.includes("createSession")) return answer(400, { error: "RecordNotFound" });
      const isKnown = names.includes(JSON.parse(body).identifier);
      if (!isKnown) return answer(401, { error: "AuthenticationRequired" });
      return answer(200, { did, handle: "alice.test", accessJwt: "a", refreshJwt: "r" });
    });
  };
  return serve(listener);
};

/** A directory in which the account is kept at an address. */
const direct = (home: string) =>
  serve((request, response) => {
    const isKnown = request.url === `/${DID}`;
    const service = [{ id: "#atproto_pds", type: "AtprotoPersonalDataServer", serviceEndpoint: home }];
    response.writeHead(isKnown ? 200 : 404).end(JSON.stringify({ id: DID, service }));
  });

const allow = (...servers: TestServer[]) => allowHosts(...servers.map(({ port }) => `127.0.0.1:${port}`));

test.each(["alice.test", "@alice.test", "https://bsky.app/profile/alice.test", `at://${DID}`, DID])(
  "%s is connected at the account's own server, though another was given",
  async (identifier) => {
    const [entrance, home] = [await keep([]), await keep(["alice.test", DID])];
    const directory = await direct(home.url);
    allow(entrance, home, directory);
    const connection = await connect({ identifier, app_password: PASSWORD, server: entrance.url }, directory.url);
    expect(connection).toMatchObject({ networkUserId: DID, serverUrl: home.url });
  },
);

test.each(["alice", "@alice"])("%s is a name of the server's own", async (identifier) => {
  const server = await keep(["alice.pds.test"]);
  allow(server);
  const connection = await connect({ identifier, app_password: PASSWORD, server: server.url });
  expect(connection).toMatchObject({ serverUrl: server.url });
});

test("what names nobody is told what to give, and no server is asked", async () => {
  const server = await keep([]);
  allow(server);
  await expect(connect({ identifier: "two words", app_password: "x", server: server.url })).rejects.toMatchObject({
    name: "ConnectError",
    field: "identifier",
    message: expect.stringContaining("alice.bsky.social"),
  });
  expect(server.requests).toEqual([]);
});

test("a password that is wrong everywhere is a wrong password", async () => {
  const [entrance, home] = [await keep([]), await keep([])];
  const directory = await direct(home.url);
  allow(entrance, home, directory);
  const connecting = connect({ identifier: "alice.test", app_password: "x", server: entrance.url }, directory.url);
  await expect(connecting).rejects.toMatchObject({ name: "ConnectError", field: "app_password" });
});

test("an account that is said to be kept in a private place is not looked for there", async () => {
  const [entrance, home] = [await keep([]), await keep([DID])];
  const directory = await direct(home.url);
  allow(entrance, directory);
  const connecting = connect({ identifier: DID, app_password: PASSWORD, server: entrance.url }, directory.url);
  await expect(connecting).rejects.toMatchObject({ name: "ConnectError" });
  expect(home.connections).toEqual([]);
});

test("accounts of Bluesky's own many machines sign in at its one door", async () => {
  const directory = await direct("https://morel.us-east.host.bsky.network");
  allow(directory);
  expect(await findHome("https://bsky.social", { kind: "did", name: DID }, directory.url)).toBe("https://bsky.social");
});

test("an identity of the web is read where it lives, and one that names another is not believed", async () => {
  const server = await serve((request, response) => {
    const did = `did:web:127.0.0.1%3A${request.socket.localPort}`;
    const service = [{ id: `${did}#atproto_pds`, serviceEndpoint: "https://pds.example" }];
    response.end(JSON.stringify({ id: did, service }));
  });
  allow(server);
  const find = (name: string) => findHome(server.url, { kind: "did", name }, server.url);
  expect(await find(`did:web:127.0.0.1%3A${server.port}`)).toBe("https://pds.example");
  expect(await find(DID)).toBeUndefined();
});
