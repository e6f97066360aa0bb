import { cookies, headers } from "next/headers";
import { cache } from "react";
import { chooseLocale } from "#lib/i18n/choose-locale";
import { LOCALE_COOKIE, type Locale, type Messages } from "#lib/i18n/schema";
import en from "./en.json" with { type: "json" };
import zhTw from "./zh-TW.json" with { type: "json" };

const MESSAGES: Record<Locale, Messages> = { en, "zh-TW": zhTw };

/** The visitor's language and its messages. Decided once for each request. */
export const getMessages = cache(async (): Promise<{ locale: Locale; text: Messages }> => {
  const cookie = (await cookies()).get(LOCALE_COOKIE)?.value;
  const locale = chooseLocale(cookie, (await headers()).get("accept-language"));
  return { locale, text: MESSAGES[locale] };
});
