import { describe, expect, test } from "vitest";
import { mastodon } from "#lib/networks/mastodon/connector";
import { connectMastodon, openPicture, toSubmission } from "#lib/networks/mastodon/testing/start-test-mastodon";

const PAGE = "<!doctype html><title>Just a moment...</title>";

// Cloudflare says the last to programs that accept JSON.
const WALLS = [
  [403, PAGE],
  [401, PAGE],
  [422, PAGE],
  [400, ""],
  [404, "Not here"],
  [403, JSON.stringify({ title: "Error 1010: Access denied", status: 403, cloudflare_error: true })],
  [401, JSON.stringify({ message: "Unauthorized" })],
] as const;

describe.each(WALLS)("a wall that answers %i with %j", (status, body) => {
  const raise = async () => {
    const { server, account } = await connectMastodon();
    for (const method of ["GET", "POST"]) {
      server.fail({ method, path: "/", times: 100, answer: { status, body } });
    }
    return { server, account };
  };

  test("does not revoke an account, and what was to be published may be tried again", async () => {
    const { server, account } = await raise();
    const unavailable = { reason: "unavailable" };
    await expect(mastodon.check(account)).rejects.toMatchObject(unavailable);
    await expect(mastodon.reconcile(account, toSubmission("hello"))).rejects.toMatchObject(unavailable);
    await expect(mastodon.publish(account, toSubmission("hello"), [])).rejects.toMatchObject(unavailable);
    expect(server.statuses).toEqual([]);
  });

  test.skipIf(status === 404)("does not take media for refused", async () => {
    const { account } = await raise();
    const part = { text: "", media: [{ url: "http://media.test/a", altText: "" }] };
    await expect(
      mastodon.prepare(account, toSubmission("", { part }), { open: openPicture(10).open }),
    ).rejects.toMatchObject({
      reason: "unavailable",
    });
  });

  test("is told to whoever connects", async () => {
    const { server } = await raise();
    const connecting = mastodon.connect?.({ instance: server.url }, { url: "http://console.test/", state: "" });
    await expect(connecting).rejects.toThrow(/something in front of it blocks programs/);
  });
});

test("a page that says that all is well says nothing", async () => {
  const { server, account } = await connectMastodon();
  const page = { status: 200, body: PAGE };
  for (const method of ["GET", "POST"]) server.fail({ method, path: "/", times: 100, answer: page });
  await expect(mastodon.check(account)).rejects.toMatchObject({ reason: "unavailable" });
  await expect(mastodon.reconcile(account, toSubmission("hello"))).rejects.toMatchObject({ reason: "unavailable" });
  // Whether the text went past it, nobody knows.
  await expect(mastodon.publish(account, toSubmission("hello"), [])).rejects.toMatchObject({ reason: "uncertain" });
});

test("a refusal of the server's own is one even if a wall answers whoever asks about the token", async () => {
  const { server, account } = await connectMastodon();
  const refusal = { status: 422, body: { error: "Validation failed: Text is rude" } };
  server.fail({ method: "POST", path: "/api/v1/statuses", answer: refusal });
  server.fail({ method: "GET", path: "/api/v1/accounts/verify_credentials", answer: { status: 403, body: PAGE } });
  const publishing = mastodon.publish(account, toSubmission("hello"), []);
  await expect(publishing).rejects.toMatchObject({ reason: "refused", message: refusal.body.error });
});
