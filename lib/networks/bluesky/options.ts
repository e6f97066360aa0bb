import { z } from "zod";
import { languageSchema } from "#lib/networks/language";
import { orNone, seen } from "#lib/pasted/schema";
import { rule } from "#lib/problems/problem";

const MOST_LANGUAGES = 3;

/** What an author may ask of Bluesky alone, in the words of its records. */
export const blueskyOptionsSchema = z.strictObject({
  langs: orNone(
    z.array(languageSchema).max(MOST_LANGUAGES, { error: rule("languages_many", { most: MOST_LANGUAGES }) }),
  ).meta({ description: "The languages of the text" }),
  labels: orNone(z.array(seen(z.enum(["sexual", "nudity", "porn", "graphic-media"])))).meta({
    description: "Self-labels, which readers may hide or be warned of",
  }),
});
