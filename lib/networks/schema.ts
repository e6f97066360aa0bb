import { z } from "zod";

/** What a network takes of one account. */
export const capabilitiesSchema = z.object({
  text_limit: z.int(),
  /** In what the network counts a text. */
  text_unit: z.enum(["characters", "graphemes"]),
  /** How many bytes of UTF-8 a text may have, where the network counts them as well. */
  text_bytes: z.int().nullable(),
  /** As how many characters every link counts, however long it is; null where it counts as it is written. */
  link_length: z.int().nullable(),
  /** How many images a part may have. */
  images: z.int(),
  image_bytes: z.int().nullable(),
  /** How many pixels an image may have: its width times its height. */
  image_pixels: z.int().nullable(),
  /** Types of images that move there as well; others stand still. */
  moving_types: z.array(z.string()),
  /** Whether a part may have a video, instead of images. */
  video: z.boolean(),
  video_bytes: z.int().nullable(),
  /** Which types of media it takes; none named, it takes addresses as they are. */
  media_types: z.array(z.string()),
  alt_text_limit: z.int(),
  /** How many parts a thread may have; 1 where there are no threads. */
  thread_parts: z.int(),
});
export type Capabilities = z.infer<typeof capabilitiesSchema>;

/** One thing that a user has to give in order to connect an account. */
const connectFieldSchema = z.object({
  name: z.string(),
  kind: z.enum(["text", "url", "secret"]),
  /** What it looks like, for example `alice.bsky.social`. */
  example: z.string(),
  /** What is taken when the user gives nothing; absent, something has to be given. */
  preset: z.string().optional(),
});
export type ConnectField = z.infer<typeof connectFieldSchema>;

/** What the console shows of a network before anything is connected. */
export const networkSchema = z.object({
  network: z.string(),
  label: z.string(),
  /** None: every user has the network's account from the beginning. */
  connect_fields: z.array(connectFieldSchema),
  capabilities: capabilitiesSchema,
});
export type Network = z.infer<typeof networkSchema>;
