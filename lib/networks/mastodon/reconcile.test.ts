import { describe, expect, test } from "vitest";
import type { ConnectedAccount, PublishedPart, Submission } from "#lib/networks/connector";
import { mastodon } from "#lib/networks/mastodon/connector";
import { connectMastodon, openPicture, toSubmission } from "#lib/networks/mastodon/testing/start-test-mastodon";

const STATUSES = { method: "POST", path: "/api/v1/statuses" };

const publishCut = async (account: ConnectedAccount, submission: Submission, mediaIds: string[] = []) => {
  const publishing = mastodon.publish(account, submission, mediaIds);
  await expect(publishing).rejects.toMatchObject({ reason: "uncertain" });
};

/** What the product does with a part whose publication was cut off. */
const settle = async (account: ConnectedAccount, submission: Submission): Promise<PublishedPart> => {
  const found = await mastodon.reconcile(account, submission);
  if (found === "unknown" || found === "resend" || found === "again") throw new Error("Nobody can tell.");
  return found === "gone" ? mastodon.publish(account, submission, []) : found;
};

describe.each([true, false])("when the server honours the identity: %s", (honoursIdempotencyKeys) => {
  test("a hundred texts, all alike, cut off after they were accepted, are published once each", async () => {
    const { server, account } = await connectMastodon({ honoursIdempotencyKeys });
    const taken: string[] = [];
    for (let trial = 0; trial < 100; trial++) {
      server.fail({ ...STATUSES, isDone: true });
      const submission = toSubmission("Good morning, @bob@other.example! https://example.com/a", { taken });
      await publishCut(account, submission);
      taken.push((await settle(account, submission)).networkPostId);
    }
    expect(server.statuses.map(({ id }) => id)).toEqual(taken);
    expect(new Set(taken).size).toBe(100);
  });

  test("a text that was cut off before it was accepted is published once", async () => {
    const { server, account } = await connectMastodon({ honoursIdempotencyKeys });
    server.fail(STATUSES);
    const submission = toSubmission("hello");
    await publishCut(account, submission);
    await settle(account, submission);
    expect(server.statuses).toHaveLength(1);
  });
});

test("a server that is slow to list what it accepted is looked at twice", async () => {
  const { server, account } = await connectMastodon({ honoursIdempotencyKeys: false, listsStatuses: false });
  server.fail({ ...STATUSES, isDone: true });
  const submission = toSubmission("hello");
  await publishCut(account, submission);
  const settling = settle(account, submission);
  await expect.poll(() => server.requests.at(-1)).toBe("GET /api/v1/accounts/101/statuses");
  server.settings.listsStatuses = true;
  await settling;
  expect(server.statuses).toHaveLength(1);
});

test.each([
  ["with lines and paragraphs", "one\ntwo\n\n\nthree  four\n"],
  ["with HTML in it", "<b>a</b> &amp; \"b\" 'c' <3"],
  ["with a long link", `https://www.example.com/${"a".repeat(60)}?b=c&d=e#f and more`],
  ["with mentions", "@alice and @bob@other.example.\n@dave\n@carol@third.example"],
  ["with hashtags and emoji", "#boring 👩‍👩‍👧‍👦 :blobcat: #貓"],
  ["in Chinese", "你好，世界！https://example.com/路徑"],
  ["that only punctuation tells from another", "Really?"],
])("a text %s is found as the server shows it", async (_name, text) => {
  const { server, account } = await connectMastodon();
  await mastodon.publish(account, toSubmission("Really!"), []);
  const submission = toSubmission(text);
  server.fail({ ...STATUSES, isDone: true });
  await publishCut(account, submission);
  const found = await mastodon.reconcile(account, submission);
  expect(found).toMatchObject({ networkPostId: server.statuses[1]?.id });
});

test("a text whose markup the server has read is found by its letters", async () => {
  const { server, account } = await connectMastodon();
  const { networkPostId } = await mastodon.publish(account, toSubmission("It’s bold — or not"), []);
  expect(server.statuses).toHaveLength(1);
  const found = await mastodon.reconcile(account, toSubmission("It's *bold* -- or not", { createdAt: new Date(0) }));
  expect(found).toMatchObject({ networkPostId });
});

test("pictures without a text are found by their number", async () => {
  const { server, account } = await connectMastodon();
  const medium = { url: "http://media.test/a", altText: "" };
  const part = { text: "", media: [medium, medium] };
  const ids = await mastodon.prepare(account, toSubmission("", { part }), { open: openPicture(10).open });
  const createdAt = new Date();
  const { networkPostId } = await mastodon.publish(account, toSubmission("", { part }), ids);
  expect(await mastodon.reconcile(account, toSubmission("", { part, createdAt }))).toMatchObject({ networkPostId });
  const single = { text: "", media: [medium] };
  expect(await mastodon.reconcile(account, toSubmission("", { part: single, createdAt }))).toBe("gone");
  expect(server.statuses).toHaveLength(1);
});

test("a part of a thread is not taken for the same words elsewhere", async () => {
  const { account } = await connectMastodon();
  const root = await mastodon.publish(account, toSubmission("again"), []);
  const submission = toSubmission("again", { index: 1, thread: { root, parent: root }, createdAt: new Date(0) });
  expect(await mastodon.reconcile(account, submission)).toBe("gone");
  const answer = await mastodon.publish(account, submission, []);
  expect(await mastodon.reconcile(account, submission)).toEqual(answer);
});

test("what was there before, is somebody else's or came from another program is not taken for it", async () => {
  const { server, account } = await connectMastodon();
  await mastodon.publish(account, toSubmission("hello"), []);
  await mastodon.publish({ ...account, credential: server.connect("bob") }, toSubmission("hello"), []);
  await mastodon.publish(account, toSubmission("hello"), []);
  const [old, , others] = server.statuses;
  if (old) old.createdAt = new Date(Date.now() - 60_000);
  if (others) others.application = "Web";
  expect(await mastodon.reconcile(account, toSubmission("hello"))).toBe("gone");
});

test("a text is found behind many newer ones, and beyond too many nobody claims to know", async () => {
  const { server, account } = await connectMastodon();
  const submission = toSubmission("hello");
  const { networkPostId } = await mastodon.publish(account, submission, []);
  const [first] = server.statuses;
  const add = (count: number) => {
    for (let index = 0; index < count && first; index++) {
      server.statuses.push({ ...first, id: String(server.nextId++), text: `later ${index}`, createdAt: new Date() });
    }
  };
  add(120);
  expect(await mastodon.reconcile(account, submission)).toMatchObject({ networkPostId });
  add(400);
  expect(await mastodon.reconcile(account, submission)).toBe("unknown");
});

test("a server that cannot be asked is asked later", async () => {
  const { server, account } = await connectMastodon();
  const path = "/api/v1/accounts";
  for (const answer of [{ status: 500 }, { status: 200, body: { error: "no list" } }, undefined]) {
    server.fail({ method: "GET", path, ...(answer && { answer }) });
    await expect(mastodon.reconcile(account, toSubmission("a"))).rejects.toMatchObject({ reason: "unavailable" });
  }
  server.tokens.clear();
  await expect(mastodon.reconcile(account, toSubmission("a"))).rejects.toMatchObject({ reason: "revoked" });
});

test.each([-3_600_000, 3_600_000])("a server whose clock is wrong by %s ms is understood", async (error) => {
  const { server, account } = await connectMastodon();
  server.settings.clockError = error;
  const submission = toSubmission("hello");
  server.fail({ ...STATUSES, isDone: true });
  await publishCut(account, submission);
  expect(await mastodon.reconcile(account, submission)).toMatchObject({ networkPostId: server.statuses[0]?.id });
});

describe.each([
  ["without a text", { id: "7", created_at: new Date().toISOString(), content: null }],
  ["without a date", { id: "7", content: "<p>hello</p>", created_at: null }],
  ["named by a number", { id: 7, created_at: new Date(Date.now() + 60_000).toISOString(), content: "other" }],
  ["named by too large a number", { id: 1e20, created_at: new Date().toISOString(), content: "hello" }],
  ["without anything", null],
])("one odd status %s in the list", (_name, odd) => {
  test("neither hides what was published, nor is taken for it", async () => {
    const { server, account } = await connectMastodon();
    const submission = toSubmission("hello");
    server.fail({ ...STATUSES, isDone: true });
    await publishCut(account, submission);
    const path = "/api/v1/accounts/101/statuses";
    const list = await (
      await fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${account.credential.accessToken}` } })
    ).json();
    server.fail({ method: "GET", path, answer: { status: 200, body: [odd, ...list, odd] } });
    expect(await mastodon.reconcile(account, submission)).toMatchObject({ networkPostId: server.statuses[0]?.id });
    server.fail({ method: "GET", path, times: 2, answer: { status: 200, body: [odd] } });
    expect(await mastodon.reconcile(account, toSubmission("something else"))).toBe("gone");
  });
});

test.each([
  ["behind the database's", -60_000, 60_000],
  ["ahead of the database's", 60_000, -60_000],
])("what was published is found by a process whose clock is %s", async (_name, ahead, clockDifference) => {
  const { server, account } = await connectMastodon({ honoursIdempotencyKeys: false, clockError: -ahead });
  const submission = toSubmission("hello", { createdAt: new Date(Date.now() - ahead), clockDifference });
  server.fail({ ...STATUSES, isDone: true });
  await publishCut(account, submission);
  expect(await mastodon.reconcile(account, submission)).toMatchObject({ networkPostId: server.statuses[0]?.id });
  const earlier = toSubmission("hello", { createdAt: new Date(Date.now() - ahead + 2000), clockDifference });
  expect(await mastodon.reconcile(account, earlier)).toBe("gone");
});
