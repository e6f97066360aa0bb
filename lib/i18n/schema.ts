import type english from "./en.json";

export const LOCALES = ["en", "zh-TW"] as const;
export type Locale = (typeof LOCALES)[number];

/** The cookie in which the language switch overrides the browser's preference. */
export const LOCALE_COOKIE = "locale";

/** The header in which the console's pages send their language, so that errors are in that language. */
export const CONSOLE_LOCALE_HEADER = "Console-Language";

/** Every message of the console. Each component receives only the part that it shows. */
export type Messages = typeof english;

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * The message with each `{placeholder}` replaced by its value as text. Numbers get thousands separators, which both
 * languages share. A value in Hebrew or Arabic is isolated (FSI, PDI), so that the words around it stay in place.
 */
export const fill = (message: string, values: Record<string, string | number>): string =>
  message.replaceAll(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = (values[name] ?? placeholder).toLocaleString("en");
    return RIGHT_TO_LEFT.test(value) ? `\u2068${value}\u2069` : value;
  });
