import { expect, test } from "vitest";
import type { PublishedPart } from "#lib/networks/connector";
import { countText } from "#lib/networks/count-text";
import { mastodon } from "#lib/networks/mastodon/connector";
import { connectMastodon, toSubmission } from "#lib/networks/mastodon/testing/start-test-mastodon";
import { NetworkError } from "#lib/networks/network-error";

test("a text is published at an address that can be opened, for whom its author has chosen there", async () => {
  const { server, account } = await connectMastodon({ usualVisibility: "private" });
  const text = "<b>Hello</b> & good day 👋\n\nhttps://example.com/a?b=c";
  const published = await mastodon.publish(account, toSubmission(text), []);
  const [status] = server.statuses;
  expect(status).toMatchObject({ username: "alice", text, visibility: "private", inReplyTo: null, media: [] });
  const url = `${server.url}/@alice/${status?.id}`;
  expect(published).toEqual({ networkPostId: status?.id, url, reference: { id: status?.id } });
});

test("what its author asks of Mastodon alone is heeded", async () => {
  const { server, account } = await connectMastodon({ usualVisibility: "public" });
  const options = { visibility: "unlisted", spoiler_text: "Spoiler", sensitive: true, language: "zh-TW" };
  await mastodon.publish(account, toSubmission("hello", { options }), []);
  expect(server.statuses[0]).toMatchObject({
    ...{ text: "hello", visibility: "unlisted", spoilerText: "Spoiler", sensitive: true, language: "zh-TW" },
  });
  await mastodon.publish(account, toSubmission("again", { options: {} }), []);
  expect(server.statuses[1]).toMatchObject({ visibility: "public", spoilerText: "", sensitive: false, language: null });
});

test("the parts of a thread answer one another", async () => {
  const { server, account } = await connectMastodon();
  const parts: PublishedPart[] = [];
  for (const [index, text] of ["one", "two", "three"].entries()) {
    const [root, parent] = [parts[0], parts.at(-1)];
    const thread = root && parent && { root, parent };
    parts.push(await mastodon.publish(account, toSubmission(text, { index, thread }), []));
  }
  const ids = server.statuses.map(({ id }) => id);
  expect(server.statuses.map(({ inReplyTo }) => inReplyTo)).toEqual([null, ids[0], ids[1]]);
});

test("a text at the limit is taken, and one beyond is refused in the server's own words", async () => {
  const { server, account } = await connectMastodon();
  const link = "https://example.com/a/very/long/address/that/counts/as/twenty-three";
  const atLimit = `${"👩‍👩‍👧‍👦".repeat(476)} ${link}`;
  expect(countText(atLimit, mastodon.capabilities)).toBe(500);
  await mastodon.publish(account, toSubmission(atLimit), []);
  const publishing = mastodon.publish(account, toSubmission(`${atLimit} a`), []);
  await expect(publishing).rejects.toMatchObject({
    reason: "refused",
    message: "Validation failed: Text character limit of 500 exceeded",
  });
  expect(server.statuses).toHaveLength(1);
});

test("the same identity twice is published once where the server honours it", async () => {
  const { server, account } = await connectMastodon();
  const submission = toSubmission("hello");
  const first = await mastodon.publish(account, submission, []);
  expect(await mastodon.publish(account, submission, [])).toEqual(first);
  expect(server.statuses).toHaveLength(1);
});

const inAMinute = () => new Date(Date.now() + 60_000);

test.each([
  ["the seconds to wait", () => ({ "retry-after": "60" })],
  ["the moment to wait for", () => ({ "x-ratelimit-reset": inAMinute().toISOString() })],
  ["the moment as HTTP writes it", () => ({ "retry-after": inAMinute().toUTCString() })],
])("too many requests are told with %s", async (_name, toHeaders) => {
  const { server, account } = await connectMastodon();
  server.fail({ method: "POST", path: "/api/v1/statuses", answer: { status: 429, headers: toHeaders() } });
  const error = await mastodon.publish(account, toSubmission("hello"), []).catch((thrown: unknown) => thrown);
  if (!(error instanceof NetworkError)) throw new Error("It was published.");
  expect(error.reason).toBe("rate_limited");
  const seconds = ((error.retryAt?.getTime() ?? 0) - Date.now()) / 1000;
  expect(seconds).toBeGreaterThan(55);
  expect(seconds).toBeLessThanOrEqual(61);
});

test.each([
  ["an answer of 500", { answer: { status: 500, body: "<html>" } }],
  ["an answer of 500 after it was published", { isDone: true, answer: { status: 500 } }],
  ["an answer that is none", { isDone: true, answer: { status: 200, body: "<html>" } }],
  ["a cut connection", {}],
  ["a connection cut after it was published", { isDone: true }],
])("after %s nobody claims to know", async (_name, fault) => {
  const { server, account } = await connectMastodon();
  server.fail({ method: "POST", path: "/api/v1/statuses", ...fault });
  await expect(mastodon.publish(account, toSubmission("hello"), [])).rejects.toMatchObject({ reason: "uncertain" });
});

test("a server that was never reached has certainly published nothing", async () => {
  const { server, account } = await connectMastodon();
  await server.stop();
  await expect(mastodon.publish(account, toSubmission("hello"), [])).rejects.toMatchObject({ reason: "unavailable" });
});

test.each([401, 403, 422] as const)("a token that the server refuses with %s is revoked", async (badTokenStatus) => {
  const { server, account } = await connectMastodon({ badTokenStatus });
  server.tokens.clear();
  await expect(mastodon.publish(account, toSubmission("hello"), [])).rejects.toMatchObject({ reason: "revoked" });
  await expect(mastodon.check(account)).rejects.toMatchObject({ reason: "revoked" });
});

test("a refusal is told briefly, as text, and without the token", async () => {
  const { server, account } = await connectMastodon();
  const error = `<script>alert(1)</script>No.\n\u202e ${account.credential.accessToken} ${"long ".repeat(100)}`;
  server.fail({ method: "POST", path: "/api/v1/statuses", answer: { status: 422, body: { error } } });
  const refused = await mastodon.publish(account, toSubmission("hello"), []).catch((thrown: unknown) => thrown);
  expect(refused).toMatchObject({ reason: "refused", message: expect.stringMatching(/^alert\(1\)No. … long/) });
  expect(String(refused).length).toBeLessThan(250);
});

test("an address of a status that is no web address is not passed on", async () => {
  const { server, account } = await connectMastodon();
  const body = { id: "7", url: "javascript:alert(1)" };
  server.fail({ method: "POST", path: "/api/v1/statuses", answer: { status: 200, body } });
  const { url } = await mastodon.publish(account, toSubmission("hello"), []);
  expect(url).toBe(`${server.url}/web/statuses/7`);
});

test("a server's usual limits are not taken for a time to wait after its failure", async () => {
  const { server, account } = await connectMastodon();
  const headers = { "x-ratelimit-reset": inAMinute().toISOString() };
  server.fail({ method: "POST", path: "/api/v1/statuses", answer: { status: 500, headers } });
  const publishing = mastodon.publish(account, toSubmission("hello"), []);
  await expect(publishing).rejects.toMatchObject({ reason: "uncertain", retryAt: undefined });
});
