import { expect, test } from "vitest";
import { readIdentifier } from "#lib/networks/bluesky/find-home";

test.each([
  "alice.test",
  "@alice.test",
  "＠alice.test",
  "Alice.Test",
  "\u202aalice.test\u202c",
  "@alice\u200b.test",
  " \u00a0alice.test\n",
  "alice.test.",
  "at://alice.test",
  "at://alice.test/app.bsky.feed.post/3l",
  "https://bsky.app/profile/alice.test",
  "https://bsky.app/profile/@alice.test",
  "https://bsky.app/profile/alice.test/post/3l?x#y",
  "bsky.app/profile/alice.test/",
  "http://other-client.example/profile/alice.test",
  "https://alice.test",
  "https://alice.test/",
  "@alice.test@bridge.example",
  "@alice.test@bsky.brid.gy",
  "alice.test@bsky.brid.gy",
])("%j is the handle alice.test", (given) => {
  expect(readIdentifier(given)).toEqual({ kind: "handle", name: "alice.test" });
});

test.each([
  ["did:plc:abc", "did", "did:plc:abc"],
  ["at://did:plc:abc/app.bsky.feed.post/3l", "did", "did:plc:abc"],
  ["https://bsky.app/profile/did:plc:abc", "did", "did:plc:abc"],
  ["https://bsky.app/profile/did%3Aplc%3Aabc", "did", "did:plc:abc"],
  ["did:web:example.com", "did", "did:web:example.com"],
  ["alice", "short", "alice"],
  ["@Alice", "short", "alice"],
  ["Alice@example.com", "email", "Alice@example.com"],
])("%j is what it is: %s %s", (given, kind, name) => {
  expect(readIdentifier(given)).toEqual({ kind, name });
});

test.each([
  "",
  "@",
  "two words",
  "https://bsky.app/search?q=a",
  "alice..test",
  "-",
  "did:",
  "a\nb.test",
  "@alice@bsky.brid.gy",
  "alice@bsky.brid.gy",
  "@alice@mastodon.social",
])("%j names nobody", (given) => {
  expect(readIdentifier(given)).toBeUndefined();
});
