import { expect, test } from "vitest";
import { linkedin } from "#lib/networks/linkedin/connector";
import { connectLinkedin, openAs, toSubmission } from "#lib/networks/linkedin/testing/start-test-linkedin";

const VIDEO_BYTES = 9_000_000;
const MEDIA = ["A point", "中文"].map((altText, index) => ({ url: `https://example.com/${index}`, altText }));
const openImage = openAs("image/png", 100_000);
const openVideo = openAs("video/mp4", VIDEO_BYTES);

test.each([1, 2])("images are published with their alternative texts (%i)", async (count) => {
  const { server, account } = await connectLinkedin();
  const submission = toSubmission("Look", { media: MEDIA.slice(0, count) });
  const uploads = await linkedin.prepare(account, submission, { open: openImage });
  expect(server.posts).toEqual([]);
  await linkedin.publish(account, submission, uploads);
  expect(server.posts).toMatchObject([
    { text: "Look", altTexts: ["A point", "中文"].slice(0, count), media: uploads.urns },
  ]);
});

test("an upload that fails in the middle goes on there", async () => {
  const { server, account } = await connectLinkedin();
  const submission = toSubmission("Look", { media: MEDIA });
  let opened = 0;
  const open = async () => {
    if (++opened === 2) server.fail({ method: "PUT", path: "/dms-uploads/" });
    return openImage();
  };
  const thrown = await linkedin.prepare(account, submission, { open }).catch((error) => error);
  expect(thrown).toMatchObject({ reason: "unavailable", handle: { urns: [expect.stringMatching(/^urn:li:image:/)] } });
  const uploads = await linkedin.prepare(account, submission, { open: openImage, earlier: thrown.handle });
  expect(uploads.urns).toEqual([thrown.handle.urns[0], expect.any(String)]);
  expect(server.requests.filter((request) => request === "POST /rest/images")).toHaveLength(3);
});

test("a video is uploaded in the parts that LinkedIn asks for, and waits until it is processed", async () => {
  const { server, account } = await connectLinkedin({ processingReads: 2 });
  const submission = toSubmission("Watch", { media: MEDIA.slice(0, 1) });
  let earlier: Awaited<ReturnType<typeof linkedin.prepare>> | undefined;
  for (let round = 0; round < 2; round++) {
    const thrown = await linkedin.prepare(account, submission, { open: openVideo, earlier }).catch((error) => error);
    expect(thrown).toMatchObject({ isUnderWay: true, handle: { kind: "video" } });
    earlier = thrown.handle;
  }
  const uploads = await linkedin.prepare(account, submission, { open: openVideo, earlier });
  await linkedin.publish(account, submission, uploads);
  expect(server.posts).toMatchObject([{ text: "Watch", media: uploads.urns }]);
  const [upload, ...others] = server.uploads.values();
  expect(others).toEqual([]);
  const expected: Buffer[] = [];
  for await (const piece of (await openVideo()).body) expected.push(Buffer.from(piece));
  expect(upload?.parts).toHaveLength(3);
  expect(
    Buffer.concat(upload?.parts.map((part) => part ?? Buffer.alloc(0)) ?? []).equals(Buffer.concat(expected)),
  ).toBe(true);
});

test("a video that the app may not read is published without waiting, one that cannot be processed is refused", async () => {
  const { server, account } = await connectLinkedin({ showsVideos: false });
  const submission = toSubmission("Watch", { media: MEDIA.slice(0, 1) });
  await linkedin.publish(account, submission, await linkedin.prepare(account, submission, { open: openVideo }));
  expect(server.posts).toHaveLength(1);
  Object.assign(server.settings, { showsVideos: true, failsVideos: true });
  await expect(linkedin.prepare(account, submission, { open: openVideo })).rejects.toMatchObject({
    reason: "refused",
    problem: { code: "linkedin_video_failed" },
  });
});

test("an upload address elsewhere does not see the token", async () => {
  const { server, account } = await connectLinkedin();
  const value = { uploadUrl: "http://127.0.0.1:9/steal", image: "urn:li:image:C4E1" };
  server.fail({ method: "POST", path: "/rest/images", answer: { status: 200, body: { value } } });
  const submission = toSubmission("Look", { media: MEDIA });
  await expect(linkedin.prepare(account, submission, { open: openImage })).rejects.toMatchObject({
    problem: { code: "linkedin_senseless" },
  });
});

test("a medium of another type is refused", async () => {
  const { account } = await connectLinkedin();
  const submission = toSubmission("Look", { media: MEDIA });
  const preparing = linkedin.prepare(account, submission, { open: openAs("image/webp", 10) });
  await expect(preparing).rejects.toMatchObject({ code: "InvalidMediaType" });
});
