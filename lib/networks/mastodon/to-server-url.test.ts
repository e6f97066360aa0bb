import { expect, test } from "vitest";
import { toServerUrl } from "#lib/networks/mastodon/find-account-server";
import { allowHosts } from "#lib/outbound/testing/test-server";

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
