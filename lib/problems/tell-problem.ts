import { fill, type Locale } from "#lib/i18n/schema";
import { CATALOGUE } from "#lib/problems/catalogue";
import type { Problem } from "#lib/problems/problem";
import type { Sentences } from "#lib/problems/sentences";
import { toOwnWord } from "#lib/problems/words";

/** The API's sentence for a problem. */
export const toEnglish = ({ code, params }: Problem): string =>
  CATALOGUE[code].api.replaceAll(/\{(\w+)\}/g, (placeholder, name: string) => String(params[name] ?? placeholder));

/** The console's sentence for a problem, in its reader's language. */
export const tellProblem = ({ code, params }: Problem, locale: Locale): string => {
  const sentences: Sentences = CATALOGUE[code];
  if (locale === "en") return fill(sentences.en ?? sentences.api, params);
  const own = Object.entries(params).map(([name, value]) => [name, toOwnWord(name, value)] as const);
  return fill(sentences["zh-TW"], Object.fromEntries(own));
};
