import { expect, test } from "vitest";
import { mastodon } from "#lib/networks/mastodon/connector";
import { connectMastodon, openPicture, toSubmission } from "#lib/networks/mastodon/testing/start-test-mastodon";
import { allowHosts } from "#lib/outbound/testing/test-server";

const part = { text: "look", media: [{ url: "http://media.test/a", altText: 'A cat, "asleep"\r\n貓' }] };

test.each([
  ["announces its length", true, 2 as const],
  ["does not", false, 2 as const],
  ["goes to an old server", true, 1 as const],
])("a picture that %s arrives whole, with its description", async (_name, isAnnounced, mediaVersion) => {
  const { server, account } = await connectMastodon({ mediaVersion });
  const ids = await mastodon.prepare(account, toSubmission("", { part }), {
    open: openPicture(100_000, isAnnounced).open,
  });
  await mastodon.publish(account, toSubmission("look", { part }), ids);
  const [medium] = server.statuses[0]?.media ?? [];
  expect(medium).toMatchObject({ type: "image/png", bytes: 100_000, description: 'A cat, "asleep"\r\n貓' });
});

test("several pictures keep their order, and one without a description gets none", async () => {
  const { server, account } = await connectMastodon();
  const media = ["first", "", "third"].map((altText) => ({ url: "http://media.test/a", altText }));
  const ids = await mastodon.prepare(account, toSubmission("", { part: { text: "", media } }), {
    open: openPicture(10).open,
  });
  await mastodon.publish(account, toSubmission("", { part: { text: "", media } }), ids);
  expect(server.statuses[0]?.media.map(({ description }) => description)).toEqual(["first", null, "third"]);
});

test("a picture that is still being processed is waited for", async () => {
  const { server, account } = await connectMastodon({ processingReads: 3 });
  const ids = await mastodon.prepare(account, toSubmission("", { part }), { open: openPicture(10).open });
  expect(server.requests.filter((request) => request.startsWith("GET /api/v1/media/"))).toHaveLength(3);
  await mastodon.publish(account, toSubmission("look", { part }), ids);
  expect(server.statuses).toHaveLength(1);
});

test("a server that cannot be asked about media is not waited for", async () => {
  const { server, account } = await connectMastodon({ processingReads: 3, showsMedia: false });
  const ids = await mastodon.prepare(account, toSubmission("", { part }), { open: openPicture(10).open });
  expect(ids).toEqual([...server.media.keys()]);
});

test.each([
  ["at once when it says so", true, 0],
  ["in the middle when it does not", false, 65_536],
])("a picture that is too large is stopped %s", async (_name, isAnnounced, atMost) => {
  const { server, account } = await connectMastodon();
  const picture = openPicture(10_000_000, isAnnounced);
  const limited = { ...account, capabilities: { ...account.capabilities, image_bytes: 40_000 } };
  await expect(mastodon.prepare(limited, toSubmission("", { part }), { open: picture.open })).rejects.toMatchObject({
    code: "MediaTooLarge",
    message: "http://media.test/a is larger than the 40000 bytes that this server accepts.",
  });
  expect(picture.read).toBeLessThanOrEqual(atMost);
  expect(server.media.size).toBe(0);
});

test("a type that the server does not take is refused before anything is sent", async () => {
  const { server, account } = await connectMastodon();
  const capabilities = { ...account.capabilities, media_types: ["image/jpeg"] };
  const preparing = mastodon.prepare({ ...account, capabilities }, toSubmission("", { part }), {
    open: openPicture(10).open,
  });
  await expect(preparing).rejects.toMatchObject({ code: "InvalidMediaType" });
  expect(server.requests).toEqual([]);
});

test("what breaks where the medium comes from is told as it is", async () => {
  const { server, account } = await connectMastodon();
  const broken = new Error("the picture's own server went away");
  const open = async () => ({
    type: "image/png" as const,
    bytes: 100_000,
    body: (async function* () {
      yield new Uint8Array(50_000);
      throw broken;
    })(),
  });
  await expect(mastodon.prepare(account, toSubmission("", { part }), { open })).rejects.toBe(broken);
  expect(server.media.size).toBe(0);
});

test.each([5, 15])("a medium that is not as long as announced is not sent as if it were: %s bytes", async (bytes) => {
  const { server, account } = await connectMastodon();
  const body = (async function* () {
    yield new Uint8Array(bytes);
  })();
  const open = async () => ({ type: "image/png" as const, bytes: 10, body });
  await expect(mastodon.prepare(account, toSubmission("", { part }), { open })).rejects.toMatchObject({
    code: "MediaDownloadFailed",
    mayCome: true,
  });
  expect(server.media.size).toBe(0);
});

test.each([
  [{ status: 422, body: { error: "Validation failed: File content type is invalid" } }, "refused"],
  [{ status: 413, body: "<html>Too large</html>" }, "refused"],
  [{ status: 500 }, "unavailable"],
  [{ status: 429 }, "rate_limited"],
  [undefined, "unavailable"],
] as const)("an upload that is answered with %j is %s", async (answer, reason) => {
  const { server, account } = await connectMastodon();
  server.fail({ method: "POST", path: "/api/v2/media", ...(answer && { answer }) });
  await expect(
    mastodon.prepare(account, toSubmission("", { part }), { open: openPicture(10).open }),
  ).rejects.toMatchObject({ reason });
});

test("a server that takes no media at all is not asked for ever", async () => {
  const { server, account } = await connectMastodon();
  server.fail({ method: "POST", path: "/api", times: 10, answer: { status: 404, body: { error: "Not found" } } });
  await expect(
    mastodon.prepare(account, toSubmission("", { part }), { open: openPicture(10).open }),
  ).rejects.toMatchObject({ reason: "refused" });
});

test("an upload to a server that cannot be reached may be tried again", async () => {
  const { server, account } = await connectMastodon();
  await server.stop();
  allowHosts(`127.0.0.1:${server.port}`);
  const preparing = mastodon.prepare(account, toSubmission("", { part }), { open: openPicture(10).open });
  await expect(preparing).rejects.toMatchObject({ reason: "unavailable" });
});
