import { expect, test } from "vitest";
import { readGiven } from "#lib/accounts/connect-account";
import { getConnector } from "#lib/networks/registry";
import { say } from "#lib/problems/problem";

const read = (network: string, fields: Record<string, string>) =>
  readGiven(getConnector(network).connectFields, fields);

test("what was copied is used as it is seen; of a password, only what is around it goes", () => {
  const given = { identifier: "\u202aalice.bsky\u200b.social\u202c", app_password: "\u2060ab cd\u200b-ef\u00a0\n" };
  expect(read("bluesky", { ...given, server: "" })).toEqual({
    identifier: "alice.bsky.social",
    app_password: "ab cd\u200b-ef",
    server: "https://bsky.social",
  });
  expect(read("mastodon", { instance: "\ufeffmastodon\u00ad.social " })).toEqual({ instance: "mastodon.social" });
  expect(read("webhook", { url: "https://exam\u200bple.com/a" })).toEqual({ url: "https://example.com/a" });
});

test.each([
  ["webhook", "url", "https://example.com/ho\u200bok", "U+200B"],
  ["webhook", "url", "https://example.com\nhttps://example.net/", "U+000A"],
  ["mastodon", "instance", "mastodon\n.social", "U+000A"],
  ["bluesky", "identifier", "alice\u00a0.test", "U+00A0"],
])("what %s's %s would be without it, nobody knows: %j is refused", (network, field, text, code) => {
  const others: Record<string, string> = network === "bluesky" ? { app_password: "b" } : {};
  expect(() => read(network, { ...others, [field]: text })).toThrow(
    expect.objectContaining({
      fields: { [`fields.${field}`]: [say("character_unseen", { character: code })] },
    }),
  );
});
