import { expect, test } from "vitest";
import { mastodon } from "#lib/networks/mastodon/connector";
import { connectMastodon } from "#lib/networks/mastodon/testing/start-test-mastodon";
import { allowHosts, serve } from "#lib/outbound/testing/test-server";

test.each([1, 2] as const)(
  "what an account takes is what its server says, in version %s of its description",
  async (version) => {
    const { account } = await connectMastodon({
      instanceVersion: version,
      maxCharacters: 11_000,
      linkCharacters: 30,
      maxMedia: 6,
      imageBytes: 1000,
      imagePixels: 5000,
      videoBytes: 2000,
      mediaTypes: ["image/png", "audio/ogg", "image/heic"],
    });
    const { capabilities } = await mastodon.check(account);
    expect(capabilities).toEqual({
      text_limit: 11_000,
      text_unit: "graphemes",
      text_limit_with_media: null,
      text_bytes: null,
      link_length: 30,
      title_limit: null,
      media_required: false,
      images: 6,
      image_bytes: 1000,
      image_pixels: 5000,
      moving_types: ["image/gif"],
      video: false,
      mixed_media: false,
      video_bytes: 2000,
      media_types: ["image/png"],
      alt_text_limit: 1500,
      thread_parts: 25,
    });
  },
);

test("a server that says little takes what is usual", async () => {
  const server = await serve((request, response) => {
    const isUser = request.url?.endsWith("verify_credentials");
    response.end(JSON.stringify(isUser ? { id: "7", username: "me" } : { domain: "\u202e<b>", max_toot_chars: 5000 }));
  });
  allowHosts(`127.0.0.1:${server.port}`);
  const { account } = await connectMastodon();
  allowHosts(`127.0.0.1:${server.port}`);
  const facts = await mastodon.check({ ...account, serverUrl: server.url });
  expect(facts).toEqual({
    username: `me@127.0.0.1:${server.port}`,
    displayName: "me",
    capabilities: { ...mastodon.capabilities, text_limit: 5000 },
  });
});
