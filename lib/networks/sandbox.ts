import type { Connector } from "#lib/networks/connector";
import type { Capabilities } from "#lib/networks/schema";

const capabilities: Capabilities = {
  text_limit: 10_000,
  text_unit: "characters",
  text_bytes: null,
  link_length: null,
  images: 10,
  image_bytes: null,
  image_pixels: null,
  moving_types: [],
  video: true,
  video_bytes: null,
  media_types: [],
  alt_text_limit: 2000,
  thread_parts: 25,
};

/** The built-in network that shows posts on a page of this installation and nowhere else: a view of the posts themselves. */
export const sandbox: Connector<null> = {
  network: "sandbox",
  label: "Sandbox",
  capabilities,
  connectFields: [],
  check: async ({ username }) => ({ username, displayName: "Sandbox", capabilities }),
  prepare: async () => null,
  // Nothing happens until the result is written, so that it can be done again without harm.
  publish: async ({ accountId }, { postId }) => ({
    networkPostId: postId,
    url: `/sandbox/${accountId}#post-${postId}`,
    reference: {},
  }),
  reconcile: async () => "resend",
};
