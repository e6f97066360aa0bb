import type { Capabilities } from "#lib/networks/schema";

/** What every receiver is expected to take. */
export const capabilities: Capabilities = {
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
