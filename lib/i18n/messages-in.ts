import type { Locale, Messages } from "#lib/i18n/schema";
import en from "./en.json" with { type: "json" };
import zhTw from "./zh-TW.json" with { type: "json" };

const MESSAGES: Record<Locale, Messages> = { en, "zh-TW": zhTw };

/** Every message in a language. */
export const messagesIn = (locale: Locale): Messages => MESSAGES[locale];
