import type { Connector } from "#lib/networks/connector";
import type { Capabilities } from "#lib/networks/schema";

const capabilities: Capabilities = {
  text_limit: 10_000,
  text_unit: "characters",
  text_limit_with_media: null,
  text_bytes: null,
  link_length: null,
  title_limit: null,
  media_required: false,
  images: 10,
  image_bytes: null,
  image_pixels: null,
  moving_types: [],
  video: true,
  mixed_media: true,
  video_bytes: null,
  media_types: [],
  alt_text_limit: 2000,
  thread_parts: 25,
};

/** The built-in network, which shows posts only on a page of this installation. It is a view of the posts themselves. */
export const sandbox: Connector<null> = {
  network: "sandbox",
  label: "Sandbox",
  capabilities,
  connectFields: [],
  check: async ({ username }) => ({ username, displayName: "Sandbox", capabilities }),
  prepare: async () => null,
  // Has no effect until the result is written, so it can be repeated safely.
  publish: async ({ accountId }, { postId }) => ({
    networkPostId: postId,
    url: `/sandbox/${accountId}#post-${postId}`,
    reference: {},
  }),
  reconcile: async () => "resend",
};
