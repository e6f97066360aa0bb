import { CONSOLE_LOCALE_HEADER } from "#lib/i18n/schema";

/** The header that requests answers in the page's language, even if a browser's translator changed the page's `lang`. */
export const localeHeader = (): Record<string, string> => ({
  [CONSOLE_LOCALE_HEADER]: document.documentElement.dataset.locale ?? "",
});
