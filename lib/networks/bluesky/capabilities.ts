import type { Capabilities } from "#lib/networks/schema";

/** What the network accepts according to its record schemas. Its servers do not report limits. */
export const capabilities: Capabilities = {
  text_limit: 300,
  text_unit: "graphemes",
  text_limit_with_media: null,
  text_bytes: 3000,
  link_length: null,
  title_limit: null,
  media_required: false,
  images: 4,
  image_bytes: 2_000_000,
  image_pixels: null,
  moving_types: [],
  video: true,
  mixed_media: false,
  video_bytes: 300_000_000,
  media_types: ["image/jpeg", "image/png", "image/webp", "image/gif", "video/mp4"],
  alt_text_limit: 2000,
  thread_parts: 25,
};
