"use client";

import { LOCALE_COOKIE, type Locale } from "#lib/i18n/schema";

const YEAR_SECONDS = 31_536_000;

/** A link to the same page in the other language. This browser remembers the choice. */
export function LanguageSwitch({ locale }: { locale: Locale }) {
  const [other, name] = locale === "en" ? ["zh-TW", "繁體中文"] : ["en", "English"];
  return (
    <button
      type="button"
      lang={other}
      translate="no"
      onClick={() => {
        // The Cookie Store API is unavailable to pages on plain http:// addresses.
        Object.assign(document, { cookie: `${LOCALE_COOKIE}=${other};path=/;max-age=${YEAR_SECONDS}` });
        location.reload();
      }}
      className="min-h-11 rounded-control px-2 text-small whitespace-nowrap text-muted hover:bg-sunken hover:text-ink mouse:min-h-9"
    >
      {name}
    </button>
  );
}
