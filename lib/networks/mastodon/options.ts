import { z } from "zod";
import { languageSchema } from "#lib/networks/language";
import { orNone, seen } from "#lib/pasted/schema";

/** What an author may ask of Mastodon alone, in the words of its API. */
export const mastodonOptionsSchema = z.strictObject({
  visibility: orNone(seen(z.enum(["public", "unlisted", "private"]))).meta({
    description: "Who sees the post. The account's own default when it is not given",
  }),
  spoiler_text: orNone(z.string()).meta({
    description: "A content warning, shown instead of the text until it is opened",
  }),
  sensitive: orNone(z.boolean()).meta({ description: "Whether the media are hidden until they are opened" }),
  language: orNone(languageSchema).meta({ description: "The language of the text" }),
});
