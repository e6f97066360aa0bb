import { expect, test } from "vitest";
import { readNamed, toServerUrl } from "#lib/networks/mastodon/find-account-server";
import { allowHosts } from "#lib/outbound/testing/test-server";

test.each([
  ["mastodon.social", "mastodon.social"],
  [" \u202amastodon.social\u202c\u00a0", "mastodon.social"],
  ["mas\u200btodon.social", "mastodon.social"],
  ["https://mastodon.social/", "https://mastodon.social"],
  ["https://mastodon.social/@alice", "https://mastodon.social"],
  ["https://mastodon.social/@alice/109", "https://mastodon.social"],
  ["https://mastodon.social/users/alice", "https://mastodon.social"],
  ["mastodon.social/@alice", "mastodon.social"],
  ["mastodon.social/explore", "mastodon.social"],
  ["https://elk.zone/mastodon.social/@alice", "mastodon.social"],
  ["elk.zone/mastodon.social/@alice/109", "mastodon.social"],
  ["https://elk.zone/mastodon.social/public/local", "mastodon.social"],
  ["https://phanpy.social/#/mastodon.social/a/109", "mastodon.social"],
  ["https://phanpy.social/#/mastodon.social/s/109?view=full", "mastodon.social"],
  ["https://phanpy.social/#/", "https://phanpy.social"],
  ["https://elk.zone/home", "https://elk.zone"],
  ["localhost", "localhost"],
  ["mastodon:3000", "mastodon:3000"],
])("%j names the server %s", (given, address) => {
  expect(readNamed(given)).toEqual({ address });
});

test.each([
  "@me@example.test",
  "me@example.test",
  "acct:me@example.test",
  "＠me＠example.test",
  "\u2068@me@example.test\u2069",
  "https://mastodon.social/@me@example.test",
  "mastodon.social/@me@example.test",
  "https://elk.zone/mastodon.social/@me@example.test",
])("%j names an account of example.test", (given) => {
  expect(readNamed(given)).toEqual({ address: "example.test", account: "me@example.test" });
});

test.each(["alice", "@alice", "＠alice", "@alice_b"])("%j names no server", (given) => {
  expect(readNamed(given)).toBeUndefined();
});

test.each([
  "mastodon.social",
  "Mastodon.Social",
  "https://mastodon.social/",
  "http://mastodon.social",
  "https://mastodon.social/@me",
  "mastodon.social/@me",
])("%s names its server, which is spoken to over https", (given) => {
  allowHosts();
  expect(toServerUrl(given)).toBe("https://mastodon.social");
});

test("a server that the operator allows is reached as it was given", () => {
  allowHosts("127.0.0.1:3000");
  expect(toServerUrl("http://127.0.0.1:3000/about")).toBe("http://127.0.0.1:3000");
});

test.each(["", "two words", "https://me:secret@mastodon.social", "ftp://mastodon.social", "mastodon.social:22"])(
  "“%s” is no address of a server, and the field is named",
  (given) => {
    allowHosts();
    expect(() => toServerUrl(given)).toThrow(expect.objectContaining({ name: "ConnectError", field: "instance" }));
  },
);
