import { z } from "zod";

/** What a network takes. */
export const capabilitiesSchema = z.object({
  text_limit: z.int(),
  /** In what the network counts a text. */
  text_unit: z.enum(["characters", "graphemes"]),
  /** How many images a part may have. */
  images: z.int(),
  video: z.boolean(),
  /** How many parts a thread may have; 1 where there are no threads. */
  thread_parts: z.int(),
});
export type Capabilities = z.infer<typeof capabilitiesSchema>;
