import type { RequestListener } from "node:http";
import { describe, expect, test } from "vitest";
import { capabilities } from "#lib/networks/bluesky/capabilities";
import { check } from "#lib/networks/bluesky/connect";
import { refresh } from "#lib/networks/bluesky/session";
import type { ConnectedAccount } from "#lib/networks/connector";
import { allowHosts, serve } from "#lib/outbound/testing/test-server";

const DID = "did:plc:abc";
const STALE = { accessJwt: "access-1", refreshJwt: "refresh-1" };

const toJwt = (exp: number) => `e30.${Buffer.from(JSON.stringify({ exp })).toString("base64url")}.c2lnbmVk`;

/** A server that makes these sessions: out of a refresh token, and out of the app password. */
const connect = async (answer: RequestListener) => {
  const server = await serve(answer);
  allowHosts(`127.0.0.1:${server.port}`);
  const account: ConnectedAccount = {
    accountId: "an account",
    networkUserId: DID,
    username: "a.test",
    serverUrl: server.url,
    credential: { ...STALE, appPassword: "secret" },
    capabilities,
  };
  return { server, account };
};

const give =
  (byRefresh: object, byPassword: object = byRefresh): RequestListener =>
  (request, response) => {
    const tokens = request.url?.endsWith("refreshSession") ? byRefresh : byPassword;
    response.end(JSON.stringify({ did: DID, handle: "a.test", ...tokens }));
  };

test("a server that renews a session with what it had before is asked for another one by the app password", async () => {
  const fresh = { accessJwt: "access-2", refreshJwt: "refresh-2" };
  const { server, account } = await connect(give(STALE, fresh));
  expect((await refresh(account)).credential).toEqual({ ...fresh, appPassword: "secret" });
  expect(server.requests).toHaveLength(2);
});

const inAnHour = Math.floor(Date.now() / 1000) + 3600;
const FRESH = { accessJwt: toJwt(inAnHour), refreshJwt: "refresh-2" };

test("a session that is good for an hour is taken", async () => {
  const { account } = await connect(give(FRESH));
  expect((await refresh(account)).credential).toMatchObject(FRESH);
});

test("whether a session is over is told by the clock of its server", async () => {
  const { account } = await connect((request, response) => {
    response.setHeader("date", new Date(Date.now() - 7_200_000).toUTCString());
    give({ ...FRESH, accessJwt: toJwt(inAnHour - 7200) })(request, response);
  });
  await expect(refresh(account)).resolves.toMatchObject({ credential: { refreshJwt: "refresh-2" } });
});

test.each([
  ["is over already", { accessJwt: toJwt(1) }],
  ["holds a line break", { accessJwt: "access\n2" }],
  ["holds what no header does", { accessJwt: "zugriff-ü\u0000" }],
  ["is not a text", { accessJwt: 7 }],
  ["is empty", { refreshJwt: "" }],
  ["has no end", { accessJwt: "a".repeat(100_000) }],
  ["is somebody else's", { did: "did:plc:other" }],
])("a session that %s is refused, and the account keeps what it has", async (_name, tokens) => {
  const { server, account } = await connect(give({ ...FRESH, ...tokens }));
  await expect(refresh(account)).rejects.toMatchObject({ name: "NetworkError", reason: "unavailable" });
  expect(server.requests.length).toBeLessThanOrEqual(2);
});

test("a stored token that cannot be sent is renewed like one that expired", async () => {
  const { account } = await connect(give(FRESH));
  const broken = { ...account, credential: { accessJwt: "a\nb", refreshJwt: "c\nd", appPassword: "secret" } };
  await expect(check(broken)).rejects.toMatchObject({ reason: "expired" });
  expect((await refresh(broken)).credential).toMatchObject(FRESH);
});

describe.each([
  [403, "<!doctype html><title>Just a moment...</title>"],
  [401, "<h1>Authorization required</h1>"],
  [403, JSON.stringify({ title: "Error 1010", status: 403 })],
  [200, "<title>Welcome to our hotel</title>"],
])("a wall that answers %i with %j", (status, page) => {
  test("neither revokes an account nor uses its refresh token up", async () => {
    const { account } = await connect((_request, response) => response.writeHead(status).end(page));
    await expect(check(account)).rejects.toMatchObject({ reason: "unavailable" });
    await expect(refresh(account)).rejects.toMatchObject({ reason: "unavailable" });
  });
});
