import type english from "./en.json";

export const LOCALES = ["en", "zh-TW"] as const;
export type Locale = (typeof LOCALES)[number];

/** The cookie in which the language switch overrides the browser's languages. */
export const LOCALE_COOKIE = "locale";

/** Every sentence of the console. Components are handed the part that they show. */
export type Messages = typeof english;

/** The message with each `{placeholder}` replaced by its value, as text. */
export const fill = (message: string, values: Record<string, string | number>): string =>
  message.replaceAll(/\{(\w+)\}/g, (placeholder, name: string) => String(values[name] ?? placeholder));
