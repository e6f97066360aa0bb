import { connect } from "#lib/networks/bluesky/connect";
import { bluesky } from "#lib/networks/bluesky/connector";
import { connectAccount } from "./bluesky-account.ts";
import { expect, test } from "./fixtures.ts";

test("goes on at the account's own server, under its handle until there is a name", async ({ pds, account }) => {
  const connected = await connectAccount(pds, account);
  expect(connected).toMatchObject({
    networkUserId: account.did,
    username: account.handle,
    displayName: account.handle,
    serverUrl: pds.proxy.url,
    expiresAt: null,
  });
  expect(await bluesky.check(connected)).toMatchObject({ username: account.handle });
});

test("an @ before the handle, and the e-mail instead of it, are taken", async ({ pds, account }) => {
  for (const identifier of [` @${account.handle} `, `${account.handle}@example.com`]) {
    const connection = await connect({ identifier, app_password: account.appPassword, server: pds.proxy.url });
    expect(connection.networkUserId).toBe(account.did);
  }
});

test("a wrong password names its field", async ({ pds, account }) => {
  await expect(connectAccount(pds, { ...account, appPassword: "wrong" })).rejects.toMatchObject({
    name: "ConnectError",
    field: "app_password",
    message: "Bluesky does not accept this app password for this handle.",
  });
});

for (const server of ["http://127.0.0.1:1", "127.0.0.1", "http://example.com", "ftp://bsky.social", "no address"]) {
  test(`a server that is none, or may not be reached, names its field (${server})`, async ({ account, pds: _ }) => {
    const given = { identifier: account.handle, app_password: account.appPassword, server };
    await expect(connect(given)).rejects.toMatchObject({ name: "ConnectError", field: "server" });
  });
}

test("something that speaks another protocol names the server's field", async ({ pds, account }) => {
  pds.proxy.disturb("/xrpc/com.atproto.server.createSession", { status: 200, body: { hello: "world" } });
  await expect(connectAccount(pds, account)).rejects.toMatchObject({ name: "ConnectError", field: "server" });
});

test("a deactivated account is not connected", async ({ pds, account }) => {
  await pds.deactivate(account);
  await expect(connectAccount(pds, account)).rejects.toMatchObject({ name: "ConnectError", field: "identifier" });
});

test("the 31st login in five minutes is told when to come back", async ({ pds, account }) => {
  const logins: PromiseSettledResult<unknown>[] = [];
  // A password takes long to check, and all at once would each wait for all the others.
  while (logins.length < 31) {
    const few = Array.from({ length: Math.min(4, 31 - logins.length) }, () => connectAccount(pds, account));
    logins.push(...(await Promise.allSettled(few)));
  }
  const refusals = logins.flatMap((login) => (login.status === "rejected" ? [login.reason] : []));
  expect(refusals).toMatchObject([{ name: "NetworkError", reason: "rate_limited" }]);
  const seconds = (refusals[0].retryAt - Date.now()) / 1000;
  expect(seconds).toBeGreaterThan(200);
  expect(seconds).toBeLessThanOrEqual(301);
});
