import { z } from "zod";
import { askToRemove, findInvisible, trimPasted } from "#lib/pasted/schema";

// Composing marks can make of many characters few; of more than this many, nobody can.
const MAX_UNITS_PER_CHARACTER = 20;

// Such an emoji looks the same with and without it, and keyboards do not agree on which they write.
const NEEDLESS = /(?<=\p{Emoji_Presentation})\ufe0f/gu;

/**
 * What people call something: in one normal form, and without what cannot be seen. Its length is looked at before
 * anything else, because a long text takes long to normalise and to count.
 */
export const labelSchema = (maxLength: number) => {
  const tooLong = `Use at most ${maxLength} characters.`;
  return z
    .string()
    .max(maxLength * MAX_UNITS_PER_CHARACTER, { error: tooLong, abort: true })
    .overwrite((text) => trimPasted(text.normalize("NFC").replace(NEEDLESS, "")))
    .refine((text) => [...text].length <= maxLength, { error: tooLong })
    .refine((text) => text.isWellFormed(), { error: "Remove characters that are none." })
    .refine((text) => findInvisible(text.replaceAll("\u00a0", " ")) === undefined, {
      error: ({ input }) => askToRemove(String(input).replaceAll("\u00a0", " ")),
    });
};
