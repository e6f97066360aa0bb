import { LOCALES, type Locale } from "#lib/i18n/schema";

/**
 * The language to use: the cookie's if it names one, else the one that the person chose, else the supported one that the
 * browser prefers most, else English.
 */
export const chooseLocale = (
  cookie: string | undefined,
  acceptLanguage: string | null,
  own: string | null = null,
): Locale => {
  const chosen = LOCALES.find((locale) => locale === cookie) ?? LOCALES.find((locale) => locale === own);
  if (chosen) return chosen;
  const wanted = (acceptLanguage ?? "").slice(0, 1000).split(",").map(toPreference);
  const known = wanted.flatMap(({ tag, quality }) => {
    const locale = toLocale(tag);
    return locale && quality > 0 ? [{ locale, quality }] : [];
  });
  known.sort((one, other) => other.quality - one.quality);
  return known[0]?.locale ?? "en";
};

function toPreference(entry: string): { tag: string; quality: number } {
  const [tag = "", ...parameters] = entry.split(";").map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
  return { tag, quality: quality === undefined ? 1 : Number(quality) || 0 };
}

// Traditional Chinese serves a reader of any kind of Chinese better than English.
function toLocale(tag: string): Locale | undefined {
  const language = tag.split("-")[0];
  if (language === "zh") return "zh-TW";
  return language === "en" ? "en" : undefined;
}
