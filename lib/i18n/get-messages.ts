import { cookies, headers } from "next/headers";
import { cache } from "react";
import { findCurrentUser } from "#lib/auth/get-current-user";
import { chooseLocale } from "#lib/i18n/choose-locale";
import { messagesIn } from "#lib/i18n/messages-in";
import { LOCALE_COOKIE, type Locale, type Messages } from "#lib/i18n/schema";

/** The visitor's language and its messages. Decided once for each request. */
export const getMessages = cache(async (): Promise<{ locale: Locale; text: Messages }> => {
  const cookie = (await cookies()).get(LOCALE_COOKIE)?.value;
  // Pages that report a failure need their sentences also when the database cannot be read.
  const user = await findCurrentUser().catch(() => null);
  const locale = chooseLocale(cookie, (await headers()).get("accept-language"), user?.locale);
  return { locale, text: messagesIn(locale) };
});
