import { z } from "zod";
import { orNone, seen } from "#lib/pasted/schema";
import { rule } from "#lib/problems/problem";

const languageSchema = seen(z.string().refine(isLanguageTag, { error: rule("language_tag") })).meta({
  description: "A language tag (BCP 47)",
  example: "zh-TW",
});

function isLanguageTag(text: string): boolean {
  try {
    return /^[a-z]{2,3}$/.test(new Intl.Locale(text).language);
  } catch {
    return false;
  }
}

const MOST_LANGUAGES = 3;

/** What an author may ask of Bluesky alone, in the words of its records. */
const blueskySchema = z.strictObject({
  langs: orNone(
    z.array(languageSchema).max(MOST_LANGUAGES, { error: rule("languages_many", { most: MOST_LANGUAGES }) }),
  ).meta({ description: "The languages of the text" }),
  labels: orNone(z.array(seen(z.enum(["sexual", "nudity", "porn", "graphic-media"])))).meta({
    description: "Self-labels, which readers may hide or be warned of",
  }),
});

/** What an author may ask of Mastodon alone, in the words of its API. */
const mastodonSchema = z.strictObject({
  visibility: orNone(seen(z.enum(["public", "unlisted", "private"]))).meta({
    description: "Who sees the post. The account's own default when it is not given",
  }),
  spoiler_text: orNone(z.string()).meta({
    description: "A content warning, shown instead of the text until it is opened",
  }),
  sensitive: orNone(z.boolean()).meta({ description: "Whether the media are hidden until they are opened" }),
  language: orNone(languageSchema).meta({ description: "The language of the text" }),
});

/** What an author asks of each network alone, by its name. */
export const postOptionsSchema = z.strictObject({ bluesky: orNone(blueskySchema), mastodon: orNone(mastodonSchema) });
export type OptionsByNetwork = z.infer<typeof postOptionsSchema>;

/** Reads what was stored for a post on Bluesky. */
export const toBlueskyOptions = (options: unknown): z.infer<typeof blueskySchema> => blueskySchema.parse(options ?? {});

/** Reads what was stored for a post on Mastodon. */
export const toMastodonOptions = (options: unknown): z.infer<typeof mastodonSchema> =>
  mastodonSchema.parse(options ?? {});

/** What counts towards the network's limit besides the text. */
export const toCounted = (network: string, options: OptionsByNetwork | undefined): string =>
  (network === "mastodon" && options?.mastodon?.spoiler_text) || "";
