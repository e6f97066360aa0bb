import { bluesky } from "#lib/networks/bluesky/connector";
import { disconnect, refresh } from "#lib/networks/bluesky/session";
import { connectAccount, opens, PNG, PUT, publish, submit } from "./bluesky-account.ts";
import { expect, test } from "./fixtures.ts";

test("an answer that is lost leaves exactly one post, a hundred times", async ({ pds, account }) => {
  const connected = await connectAccount(pds, account);
  for (let trial = 0; trial < 100; trial++) {
    const submission = submit(`trial ${trial}`);
    pds.proxy.disturb(PUT, trial % 3 === 0 ? "cut before the server" : "cut after the answer");
    await expect(publish(connected, submission)).rejects.toMatchObject({ reason: "uncertain" });
    const found = await bluesky.reconcile(connected, submission);
    expect(found).toEqual(trial % 3 === 0 ? "resend" : expect.objectContaining({ networkPostId: expect.any(String) }));
    const sentAgain = await publish(connected, submission);
    expect(await bluesky.reconcile(connected, submission)).toEqual(sentAgain);
    if (found !== "resend") expect(found).toEqual(sentAgain);
  }
  const texts = (await pds.listPosts(account.did)).map(({ value }) => value.text);
  expect(texts).toHaveLength(100);
  expect(new Set(texts).size).toBe(100);
});

for (const [status, reason] of [
  [429, "rate_limited"],
  [500, "uncertain"],
  [503, "uncertain"],
  [403, "refused"],
  [200, "uncertain"],
] as const) {
  test(`a ${status} to a post is ${reason}, and the key still works`, async ({ pds, account }) => {
    const connected = await connectAccount(pds, account);
    const submission = submit("once");
    const reset = Math.ceil(Date.now() / 1000) + 60;
    pds.proxy.disturb(PUT, { status, headers: { "ratelimit-reset": String(reset) }, body: { error: "No" } });
    const failure = await publish(connected, submission).catch((error) => error);
    expect(failure).toMatchObject({ name: "NetworkError", reason });
    if (status === 429) {
      // The server's clock is told in whole seconds.
      expect(failure.retryAt.getTime()).toBeGreaterThanOrEqual(reset * 1000);
      expect(failure.retryAt.getTime()).toBeLessThan(reset * 1000 + 5000);
    }
    expect(await bluesky.reconcile(connected, submission)).toBe("resend");
    await publish(connected, submission);
    expect(await pds.listPosts(account.did)).toHaveLength(1);
  });
}

test("a server that fails before the post is sent has certainly done nothing", async ({ pds, account }) => {
  const connected = await connectAccount(pds, account);
  const part = { text: "", media: [{ url: "", altText: "" }] };
  const UPLOAD = "/xrpc/com.atproto.repo.uploadBlob";
  pds.proxy.disturb(UPLOAD, { status: 500 }, "cut after the answer");
  for (let trial = 0; trial < 2; trial++) {
    const preparing = bluesky.prepare(connected, submit("", { part }), { open: opens("image/png", PNG) });
    await expect(preparing).rejects.toMatchObject({ reason: "unavailable" });
  }
  await bluesky.prepare(connected, submit("", { part }), { open: opens("image/png", PNG) });
});

test("an expired session is renewed by its refresh token", async ({ pds, account }) => {
  const connected = await connectAccount(pds, account);
  const { accessJwt = "", refreshJwt } = connected.credential;
  const expired = { ...connected, credential: { ...connected.credential, accessJwt: pds.toExpired(accessJwt) } };
  await expect(bluesky.check(expired)).rejects.toMatchObject({ reason: "expired" });
  await expect(publish(expired, submit("late"))).rejects.toMatchObject({ reason: "expired" });
  const logins = () => pds.proxy.calls.filter((call) => call.endsWith("createSession")).length;
  const before = logins();
  const { credential } = await refresh(expired);
  expect(logins()).toBe(before);
  expect(credential).toMatchObject({ appPassword: account.appPassword });
  expect(credential.refreshJwt).not.toBe(refreshJwt);
  await publish({ ...expired, credential }, submit("in time"));
  expect(await pds.listPosts(account.did)).toHaveLength(1);
});

test("a refresh token that is of no use any more is replaced by means of the app password", async ({
  pds,
  account,
}) => {
  const connected = await connectAccount(pds, account);
  const { refreshJwt = "" } = connected.credential;
  for (const dead of [pds.toExpired(refreshJwt), "nonsense"]) {
    const { credential } = await refresh({ ...connected, credential: { ...connected.credential, refreshJwt: dead } });
    await bluesky.check({ ...connected, credential });
  }
  for (const [status, error] of [
    [401, "AuthenticationRequired"],
    [400, "InvalidRequest"],
  ] as const) {
    pds.proxy.disturb("/xrpc/com.atproto.server.refreshSession", { status, body: { error } });
    const { credential } = await refresh(connected);
    await bluesky.check({ ...connected, credential });
  }
});

test("a session that was given back cannot be renewed by what it was", async ({ pds, account }) => {
  const connected = await connectAccount(pds, account);
  await disconnect(connected);
  const credential = { ...connected.credential, appPassword: "" };
  await expect(refresh({ ...connected, credential })).rejects.toMatchObject({ reason: "revoked" });
});

test("a revoked app password is told as such, and as nothing else", async ({ pds, account }) => {
  const connected = await connectAccount(pds, account);
  await pds.revokeAppPassword(account);
  await expect(refresh(connected)).rejects.toMatchObject({
    reason: "revoked",
    message: "Bluesky no longer accepts the app password. Connect the account again with a new one.",
  });
});

test("a server that is away does not cost the account its credential", async ({ pds, account }) => {
  const connected = await connectAccount(pds, account);
  pds.proxy.disturb("/xrpc/com.atproto.server.refreshSession", { status: 502 }, "cut after the answer");
  await expect(refresh(connected)).rejects.toMatchObject({ reason: "unavailable" });
  await expect(refresh(connected)).rejects.toMatchObject({ reason: "unavailable" });
  const { credential } = await refresh(connected);
  await bluesky.check({ ...connected, credential });
});

test("a deactivated account is told as such, wherever it is noticed", async ({ pds, account }) => {
  const connected = await connectAccount(pds, account);
  await pds.deactivate(account);
  const expected = { reason: "revoked", message: "This account is deactivated, deleted or taken down." };
  await expect(bluesky.check(connected)).rejects.toMatchObject(expected);
  await expect(publish(connected, submit("too late"))).rejects.toMatchObject(expected);
  await expect(refresh(connected)).rejects.toMatchObject(expected);
});
