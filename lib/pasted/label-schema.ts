import { z } from "zod";
import { askToRemove, findInvisible, trimPasted } from "#lib/pasted/schema";
import { rule, toRule } from "#lib/problems/problem";

// Composing marks can make of many characters few; of more than this many, nobody can.
const MAX_UNITS_PER_CHARACTER = 20;

// Such an emoji looks the same with and without it, and keyboards do not agree on which they write.
const NEEDLESS = /(?<=\p{Emoji_Presentation})\ufe0f/gu;

/**
 * What people call something: in one normal form, and without what cannot be seen. Its length is looked at before
 * anything else, because a long text takes long to normalise and to count.
 */
export const labelSchema = (maxLength: number) => {
  const tooLong = rule("text_too_long", { most: maxLength });
  return z
    .string()
    .max(maxLength * MAX_UNITS_PER_CHARACTER, { error: tooLong, abort: true })
    .overwrite((text) => trimPasted(text.normalize("NFC").replace(NEEDLESS, "")))
    .refine((text) => [...text].length <= maxLength, { error: tooLong })
    .refine((text) => text.isWellFormed(), { error: rule("characters_broken") })
    .refine((text) => findInvisible(text.replaceAll("\u00a0", " ")) === undefined, {
      error: ({ input }) => toRule(askToRemove(String(input).replaceAll("\u00a0", " "))),
    });
};
