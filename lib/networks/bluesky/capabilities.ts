import type { Capabilities } from "#lib/networks/schema";

/** What every server of the network takes, also those that run an older version than Bluesky itself. */
export const capabilities: Capabilities = {
  text_limit: 300,
  text_unit: "graphemes",
  text_bytes: 3000,
  link_length: null,
  images: 4,
  image_bytes: 1_000_000,
  video: true,
  video_bytes: 100_000_000,
  media_types: ["image/jpeg", "image/png", "image/webp", "image/gif", "video/mp4"],
  alt_text_limit: 2000,
  thread_parts: 25,
};
