import { z } from "zod";
import { seen } from "#lib/pasted/schema";
import { rule } from "#lib/problems/problem";

/** A language as networks take it: a tag whose language has a code of two or three letters (BCP 47). */
export const languageSchema = seen(z.string().refine(isLanguageTag, { error: rule("language_tag") })).meta({
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
