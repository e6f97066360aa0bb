import { expect, test } from "vitest";
import { linkedin } from "#lib/networks/linkedin/connector";
import { connectLinkedin, NOTHING, toSubmission } from "#lib/networks/linkedin/testing/start-test-linkedin";

const POSTS = { method: "POST", path: "/rest/posts" };
const SECOND = 1000;

test("a text is published as it was written, at an address that can be opened", async () => {
  const { server, account } = await connectLinkedin();
  const text = "See (this) <b>*_~|{}[]\\ @nobody #tag\n中文 👩‍🚀";
  const published = await linkedin.publish(account, toSubmission(text), NOTHING);
  const [post] = server.posts;
  expect(post?.text).toBe(text);
  const url = `https://www.linkedin.com/feed/update/${post?.urn}/`;
  expect(published).toEqual({ networkPostId: post?.urn, url, reference: { urn: post?.urn } });
});

test.each([
  ["cut", {}],
  ["a failure of the server", { answer: { status: 500 } }],
])("after %s the same post, sent again, is the post that LinkedIn has", async (_name, fault) => {
  const { server, account } = await connectLinkedin();
  const submission = toSubmission("hello");
  server.fail({ ...POSTS, isDone: true, ...fault });
  await expect(linkedin.publish(account, submission, NOTHING)).rejects.toMatchObject({ reason: "uncertain" });
  expect(await linkedin.reconcile(account, submission, NOTHING)).toBe("again");
  const published = await linkedin.publish(account, { ...submission, mayBeThere: true }, NOTHING);
  expect(server.posts.map(({ urn }) => urn)).toEqual([published.networkPostId]);
});

test("a twin is not taken for this post where no earlier call may have sent it", async () => {
  const { server, account } = await connectLinkedin();
  const { url } = await linkedin.publish(account, toSubmission("hello"), NOTHING);
  await expect(linkedin.publish(account, toSubmission("hello"), NOTHING)).rejects.toMatchObject({
    reason: "refused",
    problem: { code: "linkedin_duplicate", params: { url } },
  });
  expect(server.posts).toHaveLength(1);
});

test("neither is one that was there before, nor one that is another post of this installation", async () => {
  const { account } = await connectLinkedin();
  const { networkPostId } = await linkedin.publish(account, toSubmission("hello"), NOTHING);
  const later = new Date(Date.now() + 10 * SECOND);
  for (const others of [{ createdAt: later }, { taken: [networkPostId] }]) {
    const again = toSubmission("hello", { mayBeThere: true, ...others });
    await expect(linkedin.publish(account, again, NOTHING)).rejects.toMatchObject({ reason: "refused" });
  }
});

test.each([-600, 600])("a clock of LinkedIn's that is off by %i seconds changes nothing of that", async (seconds) => {
  const { server, account } = await connectLinkedin({ clockError: seconds * SECOND });
  const submission = toSubmission("hello");
  server.fail({ ...POSTS, isDone: true });
  await expect(linkedin.publish(account, submission, NOTHING)).rejects.toMatchObject({ reason: "uncertain" });
  const published = await linkedin.publish(account, { ...submission, mayBeThere: true }, NOTHING);
  expect(published.networkPostId).toBe(server.posts[0]?.urn);
  const later = { ...submission, mayBeThere: true, createdAt: new Date(Date.now() + 10 * SECOND) };
  await expect(linkedin.publish(account, later, NOTHING)).rejects.toMatchObject({ reason: "refused" });
});

test("a twin without a name leaves it open after a lost answer, and is a refusal otherwise", async () => {
  const { account } = await connectLinkedin({ namesTwins: false });
  const submission = toSubmission("hello");
  await linkedin.publish(account, submission, NOTHING);
  for (const [mayBeThere, reason] of [
    [true, "uncertain"],
    [false, "refused"],
  ] as const) {
    const publishing = linkedin.publish(account, { ...submission, mayBeThere }, NOTHING);
    await expect(publishing).rejects.toMatchObject({ reason, problem: { code: "linkedin_duplicate_unnamed" } });
  }
});

test("an answer without the post's name is no answer", async () => {
  const { server, account } = await connectLinkedin();
  server.fail({ ...POSTS, answer: { status: 201 } });
  const publishing = linkedin.publish(account, toSubmission("hello"), NOTHING);
  await expect(publishing).rejects.toMatchObject({ reason: "uncertain" });
});

test("a limit without a time lasts until midnight UTC", async () => {
  const { server, account } = await connectLinkedin();
  const body = { status: 429, code: "TOO_MANY_REQUESTS", message: "Resource level throttle limit reached" };
  server.fail({ ...POSTS, answer: { status: 429, body } });
  const thrown = await linkedin.publish(account, toSubmission("hello"), NOTHING).catch((error) => error);
  expect(thrown).toMatchObject({ reason: "rate_limited", problem: { code: "linkedin_busy" } });
  expect(thrown.retryAt.toISOString()).toMatch(/T00:00:00\.000Z$/);
  expect(thrown.retryAt.getTime() - Date.now()).toBeLessThanOrEqual(86_400_000);
});

test("a version that LinkedIn has ended is the operator's to replace", async () => {
  const { account } = await connectLinkedin({ versions: ["202801"] });
  await expect(linkedin.publish(account, toSubmission("hello"), NOTHING)).rejects.toMatchObject({
    reason: "refused",
    problem: { code: "linkedin_version_ended", params: { version: linkedin.apiVersion?.name } },
  });
});

test("a token that has expired or was revoked is not used again, whatever is asked", async () => {
  const { server, account } = await connectLinkedin();
  for (const grant of server.tokens.values()) grant.expiresAt = 0;
  const asks = [
    () => linkedin.publish(account, toSubmission("hello"), NOTHING),
    () => linkedin.check(account),
    () => linkedin.check({ ...account, credential: {} }),
  ];
  for (const ask of asks) await expect(ask()).rejects.toMatchObject({ reason: "revoked" });
});

test("a right that the app does not have is named, and a refusal is told without the token", async () => {
  const { server, account } = await connectLinkedin();
  const forbidden = { status: 403, code: "ACCESS_DENIED", message: "Not enough permissions" };
  server.fail({ ...POSTS, answer: { status: 403, body: forbidden } });
  await expect(linkedin.publish(account, toSubmission("a"), NOTHING)).rejects.toMatchObject({
    problem: { code: "linkedin_not_allowed" },
  });
  const { accessToken } = account.credential;
  server.fail({ ...POSTS, answer: { status: 400, body: { status: 400, message: `No\n ${accessToken}` } } });
  await expect(linkedin.publish(account, toSubmission("b"), NOTHING)).rejects.toThrow("LinkedIn refused this: No …");
  server.fail({ ...POSTS, answer: { status: 403, body: "<html>Blocked</html>" } });
  await expect(linkedin.publish(account, toSubmission("c"), NOTHING)).rejects.toMatchObject({ reason: "unavailable" });
});
