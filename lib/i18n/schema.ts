import type english from "./en.json";

export const LOCALES = ["en", "zh-TW"] as const;
export type Locale = (typeof LOCALES)[number];

/** The cookie in which the language switch overrides the browser's languages. */
export const LOCALE_COOKIE = "locale";

/** The header in which the console's pages tell their language, so that errors are told in it. */
export const CONSOLE_LOCALE_HEADER = "Console-Language";

/** Every sentence of the console. Components are handed the part that they show. */
export type Messages = typeof english;

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * The message with each `{placeholder}` replaced by its value, as text: numbers with their thousands apart, as both
 * languages write them. A value in Hebrew or Arabic is isolated (FSI, PDI), so that the words around it stay where they
 * are.
 */
export const fill = (message: string, values: Record<string, string | number>): string =>
  message.replaceAll(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = (values[name] ?? placeholder).toLocaleString("en");
    return RIGHT_TO_LEFT.test(value) ? `\u2068${value}\u2069` : value;
  });
