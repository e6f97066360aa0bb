import type { OpenedMedium } from "#lib/media/opened-medium";
import { connect } from "#lib/networks/bluesky/connect";
import { bluesky } from "#lib/networks/bluesky/connector";
import { disconnect } from "#lib/networks/bluesky/disconnect";
import { refresh } from "#lib/networks/bluesky/refresh";
import type { ConnectedAccount, Medium, PublishedPart, Submission } from "#lib/networks/connector";
import { expect, test } from "./fixtures.ts";
import type { Pds, PdsAccount } from "./pds.ts";

const PUT = "/xrpc/com.atproto.repo.putRecord";
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

const connectAccount = async ({ proxy }: Pds, { handle, appPassword }: PdsAccount): Promise<ConnectedAccount> => ({
  accountId: "an account",
  ...(await connect({ identifier: handle, app_password: appPassword, server: proxy.url })),
});

const submit = (text: string, more: Partial<Submission> = {}): Submission => ({
  postId: "a post",
  index: 0,
  part: { text, media: [] },
  identity: bluesky.createIdentity(),
  thread: undefined,
  createdAt: new Date("2026-11-22T10:00:00Z"),
  ...more,
});

const never = async (_medium: Medium): Promise<OpenedMedium> => {
  throw new Error("No medium is to be opened.");
};

/** Opens media that are all the same. */
const opens = (type: OpenedMedium["type"], bytes: Buffer, announced: number | undefined = bytes.length) => {
  return async (_medium: Medium): Promise<OpenedMedium> => ({
    type,
    bytes: announced,
    body: (async function* () {
      for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
    })(),
  });
};

const publish = async (account: ConnectedAccount, submission: Submission, open = never): Promise<PublishedPart> =>
  bluesky.publish(account, submission, await bluesky.prepare(account, submission.part, open));

test.describe("connecting", () => {
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
      message: "Bluesky does not know this handle with this app password.",
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
    const logins = await Promise.allSettled(Array.from({ length: 31 }, () => connectAccount(pds, account)));
    const refusals = logins.flatMap((login) => (login.status === "rejected" ? [login.reason] : []));
    expect(refusals).toMatchObject([{ name: "NetworkError", reason: "rate_limited" }]);
    const seconds = (refusals[0].retryAt - Date.now()) / 1000;
    expect(seconds).toBeGreaterThan(200);
    expect(seconds).toBeLessThanOrEqual(301);
  });
});

test.describe("publishing", () => {
  test("a text arrives as it was written, with what leads somewhere marked", async ({ pds, account }) => {
    const connected = await connectAccount(pds, account);
    const text = `你好 👩‍👩‍👧 @${account.handle} https://example.com/a?b=1. #boring @nobody.example`;
    const submission = submit(text);
    const part = await publish(connected, submission);
    const uri = `at://${account.did}/app.bsky.feed.post/${submission.identity}`;
    expect(part).toMatchObject({
      networkPostId: uri,
      url: `https://bsky.app/profile/${account.handle}/post/${submission.identity}`,
      reference: { uri },
    });
    const [post, ...others] = await pds.listPosts(account.did);
    expect(others).toEqual([]);
    expect(post).toMatchObject({ uri, value: { text, createdAt: "2026-11-22T10:00:00.000Z" } });
    const facets = post?.value.facets as { index: { byteStart: number; byteEnd: number }; features: object[] }[];
    const bytes = Buffer.from(text);
    expect(
      facets.map(({ index, features }) => [bytes.subarray(index.byteStart, index.byteEnd).toString(), features[0]]),
    ).toEqual([
      [`@${account.handle}`, { $type: "app.bsky.richtext.facet#mention", did: account.did }],
      ["https://example.com/a?b=1", { $type: "app.bsky.richtext.facet#link", uri: "https://example.com/a?b=1" }],
      ["#boring", { $type: "app.bsky.richtext.facet#tag", tag: "boring" }],
    ]);
  });

  test("what fits by our count fits by the server's, and one more does not", async ({ pds, account }) => {
    const connected = await connectAccount(pds, account);
    for (const unit of ["a", "é", "👋🏽", "🇹🇼"]) {
      const text = unit.repeat(300);
      expect(bluesky.countText(text)).toBe(300);
      await publish(connected, submit(text));
      await expect(publish(connected, submit(`${text}${unit}`))).rejects.toMatchObject({ reason: "refused" });
    }
    expect(await pds.listPosts(account.did)).toHaveLength(4);
  });

  test("images arrive with their alternative texts", async ({ pds, account }) => {
    const connected = await connectAccount(pds, account);
    const media = ["one", "two", "three", ""].map((altText) => ({ url: "", altText }));
    await publish(connected, submit("", { part: { text: "", media } }), opens("image/png", PNG));
    const [post] = await pds.listPosts(account.did);
    expect(post?.value.embed).toMatchObject({
      $type: "app.bsky.embed.images",
      images: media.map(({ altText }) => ({ alt: altText, image: { mimeType: "image/png", size: PNG.length } })),
    });
  });

  test("a video of unknown length arrives", async ({ pds, account }) => {
    const connected = await connectAccount(pds, account);
    const video = Buffer.concat([Buffer.from("\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "latin1"), Buffer.alloc(3_000_000)]);
    const part = { text: "A film", media: [{ url: "", altText: "Nothing to see" }] };
    const open = async (medium: Medium) => ({ ...(await opens("video/mp4", video)(medium)), bytes: undefined });
    await publish(connected, submit("", { part }), open);
    const [post] = await pds.listPosts(account.did);
    expect(post?.value.embed).toMatchObject({
      $type: "app.bsky.embed.video",
      alt: "Nothing to see",
      video: { mimeType: "video/mp4", size: video.length },
    });
  });

  test("what the network would not take is refused before anything is uploaded", async ({ pds, account }) => {
    const connected = await connectAccount(pds, account);
    const before = pds.proxy.calls.length;
    const prepare = (count: number, open: (medium: Medium) => Promise<OpenedMedium>) =>
      bluesky.prepare(connected, { text: "", media: Array(count).fill({ url: "", altText: "" }) }, open);
    const large = Buffer.alloc(1_000_001);
    await expect(prepare(5, opens("image/png", PNG))).rejects.toMatchObject({ reason: "refused" });
    await expect(prepare(1, opens("image/png", large))).rejects.toMatchObject({ code: "MediaTooLarge" });
    await expect(prepare(1, opens("video/webm", PNG))).rejects.toMatchObject({ code: "InvalidMediaType" });
    expect(pds.proxy.calls.slice(before)).toEqual([]);
  });

  test("an image that turns out to be too large is refused on the way", async ({ pds, account }) => {
    const connected = await connectAccount(pds, account);
    const open = async (medium: Medium) => ({
      ...(await opens("image/png", Buffer.alloc(1_000_001))(medium)),
      bytes: undefined,
    });
    const part = { text: "", media: [{ url: "", altText: "" }] };
    await expect(bluesky.prepare(connected, part, open)).rejects.toMatchObject({
      code: "MediaTooLarge",
    });
  });

  test("a medium that breaks off has done nothing", async ({ pds, account }) => {
    const connected = await connectAccount(pds, account);
    const open = async (): Promise<OpenedMedium> => ({
      type: "image/png",
      bytes: 1000,
      body: (async function* () {
        yield PNG;
        throw new Error("The medium's server went away.");
      })(),
    });
    const part = { text: "", media: [{ url: "", altText: "" }] };
    await expect(bluesky.prepare(connected, part, open)).rejects.toMatchObject({
      code: "MediaDownloadFailed",
      mayCome: true,
    });
  });

  test("the parts of a thread answer each other", async ({ pds, account }) => {
    const connected = await connectAccount(pds, account);
    const root = await publish(connected, submit("one"));
    const second = await publish(connected, submit("two", { index: 1, thread: { root, parent: root } }));
    await publish(connected, submit("three", { index: 2, thread: { root, parent: second } }));
    const posts = (await pds.listPosts(account.did)).map(({ value }) => [value.text, value.reply]);
    expect(Object.fromEntries(posts)).toEqual({
      one: undefined,
      two: { root: root.reference, parent: root.reference },
      three: { root: root.reference, parent: second.reference },
    });
  });
});

test.describe("when something goes wrong", () => {
  test("an answer that is lost leaves exactly one post, a hundred times", async ({ pds, account }) => {
    const connected = await connectAccount(pds, account);
    for (let trial = 0; trial < 100; trial++) {
      const submission = submit(`trial ${trial}`);
      pds.proxy.disturb(PUT, trial % 3 === 0 ? "cut before the server" : "cut after the answer");
      await expect(publish(connected, submission)).rejects.toMatchObject({ reason: "uncertain" });
      const found = await bluesky.reconcile(connected, submission);
      expect(found).toEqual(
        trial % 3 === 0 ? "resend" : expect.objectContaining({ networkPostId: expect.any(String) }),
      );
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
      if (status === 429) expect(failure.retryAt).toEqual(new Date(reset * 1000));
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
      const preparing = bluesky.prepare(connected, part, opens("image/png", PNG));
      await expect(preparing).rejects.toMatchObject({ reason: "unavailable" });
    }
    await bluesky.prepare(connected, part, opens("image/png", PNG));
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
      message: "Bluesky does not accept the app password any more. Connect the account again with a new one.",
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
});
