import { z } from "zod";

/** What a network accepts from one account. */
export const capabilitiesSchema = z.object({
  text_limit: z.int(),
  /** The unit in which the network counts a text. */
  text_unit: z.enum(["characters", "graphemes", "code_points", "utf16", "utf16_escaped", "bytes", "weighted"]),
  /** The limit of a text with media, where it is another. */
  text_limit_with_media: z.int().nullable(),
  /** The maximum number of UTF-8 bytes, if the network limits these too. */
  text_bytes: z.int().nullable(),
  /** The number of characters that every link counts as; null where a link counts as written. */
  link_length: z.int().nullable(),
  /** The maximum number of characters in a title; null where a post has none. */
  title_limit: z.int().nullable(),
  /** Whether a part without media is refused. */
  media_required: z.boolean(),
  /** The maximum number of images in a part. */
  images: z.int(),
  image_bytes: z.int().nullable(),
  /** The maximum number of pixels in an image: its width times its height. */
  image_pixels: z.int().nullable(),
  /** Types of animated images that stay animated there. Others become still. */
  moving_types: z.array(z.string()),
  /** Whether a part may have a video. */
  video: z.boolean(),
  /** Whether videos and images may be mixed, up to the number of images. Otherwise a video is alone. */
  mixed_media: z.boolean(),
  video_bytes: z.int().nullable(),
  /** The accepted media types. If empty, the network accepts addresses as they are. */
  media_types: z.array(z.string()),
  alt_text_limit: z.int(),
  /** The maximum number of parts in a thread; 1 where there are no threads. */
  thread_parts: z.int(),
});
export type Capabilities = z.infer<typeof capabilitiesSchema>;

/** A value that a user must give to connect an account. */
const connectFieldSchema = z.object({
  name: z.string(),
  kind: z.enum(["text", "url", "secret"]),
  /** An example value, such as `alice.bsky.social`. */
  example: z.string(),
  /** The default when the user gives nothing. If absent, a value is required. */
  preset: z.string().optional(),
});
export type ConnectField = z.infer<typeof connectFieldSchema>;

/** What the console shows of a network before an account is connected. */
export const networkSchema = z.object({
  network: z.string(),
  label: z.string(),
  /** Whether every organization has an account of the network from the start, and nobody connects another. */
  is_built_in: z.boolean(),
  /** What the user must give. If empty, the network itself asks for everything. */
  connect_fields: z.array(connectFieldSchema),
  /** Settings that this installation's operator must set before anybody can connect. */
  missing_settings: z.array(z.string()),
  /** What this installation's address lacks for this network. */
  unmet_needs: z.array(z.enum(["https", "public_address"])),
  capabilities: capabilitiesSchema,
});
export type Network = z.infer<typeof networkSchema>;
