import { expect, test } from "vitest";
import { mastodon } from "#lib/networks/mastodon/connector";
import { connectMastodon, openPicture, toSubmission } from "#lib/networks/mastodon/testing/start-test-mastodon";

const part = { text: "look", media: [{ url: "http://media.test/a", altText: "A cat" }] };
const UNDER_WAY = { name: "NetworkError", reason: "unavailable", isUnderWay: true };

const uploads = (requests: string[]) => requests.filter((it) => it.startsWith("POST /api/v2/media")).length;

test("media that take long are gone on with later, by the same id", { timeout: 60_000 }, async () => {
  const { server, account } = await connectMastodon({ processingReads: 1000 });
  const picture = openPicture(10);
  const planned = toSubmission("", { part });
  const thrown = await mastodon.prepare(account, planned, { open: picture.open }).catch((error) => error);
  expect(thrown).toMatchObject(UNDER_WAY);
  for (const medium of server.media.values()) medium.pendingReads = 1;
  const ids = await mastodon.prepare(account, planned, { open: picture.open, earlier: thrown.handle });
  await mastodon.publish(account, toSubmission("look", { part }), ids);
  expect(uploads(server.requests)).toBe(1);
  expect(server.statuses.map(({ media }) => media.map(({ id }) => id))).toEqual([ids]);
});

test.each([
  ["says so in English", "Validation failed: Cannot attach files that have not finished processing. Try again!", 0],
  ["says so in another language", "Validierung fehlgeschlagen: noch nicht fertig", 2],
])(
  "a status that is refused because its media are not ready is sent later, when the server %s",
  async (_name, error, pendingReads) => {
    const { server, account } = await connectMastodon();
    const picture = openPicture(10);
    const ids = await mastodon.prepare(account, toSubmission("", { part }), { open: picture.open });
    for (const medium of server.media.values()) medium.pendingReads = pendingReads;
    server.fail({ method: "POST", path: "/api/v1/statuses", answer: { status: 422, body: { error } } });
    const submission = toSubmission("look", { part });
    await expect(mastodon.publish(account, submission, ids)).rejects.toMatchObject({ ...UNDER_WAY, handle: ids });
    expect(await mastodon.prepare(account, submission, { open: picture.open, earlier: ids })).toEqual(ids);
    await mastodon.publish(account, submission, ids);
    expect([server.statuses.length, uploads(server.requests)]).toEqual([1, 1]);
  },
);

test("a refusal that is about something else stays one", async () => {
  const { server, account } = await connectMastodon();
  const ids = await mastodon.prepare(account, toSubmission("", { part }), { open: openPicture(10).open });
  server.fail({ method: "POST", path: "/api/v1/statuses", answer: { status: 422, body: { error: "Too rude" } } });
  const publishing = mastodon.publish(account, toSubmission("look", { part }), ids);
  await expect(publishing).rejects.toMatchObject({ reason: "refused", message: "Too rude" });
});

test("what was uploaded before another medium had to wait is not uploaded again", async () => {
  const { server, account } = await connectMastodon();
  const two = { text: "", media: [...part.media, { url: "http://media.test/b", altText: "" }] };
  const picture = openPicture(10);
  let opened = 0;
  const open = async () => {
    opened++;
    if (opened === 2) server.fail({ method: "POST", path: "/api/v2/media", answer: { status: 429 } });
    return picture.open();
  };
  const thrown = await mastodon.prepare(account, toSubmission("", { part: two }), { open }).catch((error) => error);
  expect(thrown).toMatchObject({ reason: "rate_limited" });
  const ids = await mastodon.prepare(account, toSubmission("", { part: two }), { open, earlier: thrown.handle });
  expect(ids).toEqual([...server.media.keys()]);
  expect(opened).toBe(3);
});
