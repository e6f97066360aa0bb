import { CONSOLE_LOCALE_HEADER, LOCALES, type Locale } from "#lib/i18n/schema";

/** The language of the console's page that asks; undefined for programs, which get the API's own sentences. */
export const readConsoleLocale = (headers: Headers): Locale | undefined => {
  const named = headers.get(CONSOLE_LOCALE_HEADER);
  return LOCALES.find((locale) => locale === named);
};
