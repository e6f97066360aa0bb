import { CONSOLE_LOCALE_HEADER } from "#lib/i18n/schema";

/** The header that has the server answer in the page's language, whatever a browser's translator made of the page's `lang`. */
export const localeHeader = (): Record<string, string> => ({
  [CONSOLE_LOCALE_HEADER]: document.documentElement.dataset.locale ?? "",
});
