"use client";

import { LOCALE_COOKIE, LOCALES, type Locale } from "#lib/i18n/schema";

const NAMES: Record<Locale, string> = { en: "English", "zh-TW": "繁體中文" };
const YEAR_SECONDS = 31_536_000;

/** Leads to the same page in the other language, and remembers the choice in this browser. */
export function LanguageSwitch({ locale }: { locale: Locale }) {
  return LOCALES.filter((other) => other !== locale).map((other) => (
    <button
      key={other}
      type="button"
      lang={other}
      onClick={() => {
        // biome-ignore lint/suspicious/noDocumentCookie: placeholder
        document.cookie = `${LOCALE_COOKIE}=${other}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
        location.reload();
      }}
      className="inline-flex min-h-11 items-center rounded-control px-2 text-small whitespace-nowrap text-muted hover:bg-sunken hover:text-ink mouse:min-h-9"
    >
      {NAMES[other]}
    </button>
  ));
}
