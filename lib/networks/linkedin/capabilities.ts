import type { Capabilities } from "#lib/networks/schema";

/**
 * What LinkedIn accepts according to its documentation, or less where other tools were refused below it. Whether backslashes
 * count is not documented, so they do.
 */
export const capabilities: Capabilities = {
  text_limit: 3000,
  text_unit: "utf16_escaped",
  text_limit_with_media: null,
  text_bytes: null,
  link_length: null,
  title_limit: null,
  media_required: false,
  images: 20,
  image_bytes: 5_000_000,
  image_pixels: 36_152_319,
  moving_types: ["image/gif"],
  video: true,
  mixed_media: false,
  video_bytes: 500_000_000,
  media_types: ["image/jpeg", "image/png", "image/gif", "video/mp4"],
  alt_text_limit: 4086,
  thread_parts: 1,
};
