import { z } from "zod";
import { blueskyOptionsSchema } from "#lib/networks/bluesky/options";
import { mastodonOptionsSchema } from "#lib/networks/mastodon/options";
import { orNone } from "#lib/pasted/schema";

/** What an author asks of each network alone, by its name. */
export const postOptionsSchema = z.strictObject({
  bluesky: orNone(blueskyOptionsSchema),
  mastodon: orNone(mastodonOptionsSchema),
});
export type OptionsByNetwork = z.infer<typeof postOptionsSchema>;
