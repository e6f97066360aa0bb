import { createHash } from "node:crypto";
import { MESSAGES } from "#lib/auth/stand-in/messages";
import { PEOPLE, type Person } from "#lib/auth/stand-in/people";
import { STYLE } from "#lib/auth/stand-in/style";
import type { Locale } from "#lib/i18n/schema";

/** The headers of every answer: no script at all, one style sheet, forms that lead here and back to the console. */
export const pageHeaders = (publicUrl: string): Record<string, string> => ({
  "Content-Security-Policy": [
    "default-src 'none'",
    `style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'`,
    `form-action 'self' ${publicUrl}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; "),
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cache-Control": "no-store",
});

type Typed = { email: string; name: string };

/** The page on which one chooses a person. With `refused` it shows what was typed, and that it is no e-mail address. */
export const choicePage = (locale: Locale, publicUrl: string, refused?: Typed): string => {
  const say = MESSAGES[locale];
  const error = refused && `<p class="error" id="email-error">${say.emailError}</p>`;
  const invalid = refused && 'aria-invalid="true" aria-describedby="email-error" autofocus';
  return page(
    locale,
    say.title,
    `<aside><strong>${say.notice}</strong><p>${say.noticeText}</p></aside>
<header><h1>${say.heading}</h1><p>${say.lead(escapeHtml(publicUrl))}</p></header>
<form method="post"><ul aria-label="${say.people}">${PEOPLE.map((person) => personItem(person, say.unverified)).join("")}</ul></form>
<form method="post" novalidate>
<h2>${say.other}</h2>
<div><label for="email">${say.email}</label>
<input id="email" name="email" type="email" autocomplete="email" required maxlength="254" value="${escapeHtml(refused?.email ?? "")}" ${invalid ?? ""}>${error ?? ""}</div>
<div><label for="name">${say.name}</label>
<input id="name" name="name" autocomplete="name" maxlength="100" value="${escapeHtml(refused?.name ?? "")}"></div>
<button class="primary">${say.continue}</button>
</form>
<form method="post"><button name="cancel" value="yes">${say.cancel}</button></form>
<footer>${say.footer}</footer>`,
  );
};

/** The page that says why there is nothing to choose here, and leads back to the console. */
export const endPage = (locale: Locale, publicUrl: string, why: "expired" | "broken"): string => {
  const say = MESSAGES[locale];
  return page(
    locale,
    say[why],
    `<header><h1>${say[why]}</h1><p>${say[`${why}Text`]}</p></header>
<p><a href="${escapeHtml(publicUrl)}/sign-in">${say.back}</a></p>`,
  );
};

function page(locale: Locale, title: string, main: string): string {
  return `<!doctype html>
<html lang="${locale}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${STYLE}</style></head>
<body><main>${main}</main></body>
</html>`;
}

function personItem({ email, name, isVerified }: Person, unverified: string): string {
  const [initial = ""] = name;
  return `<li><button class="person" name="email" value="${email}"><span class="face" aria-hidden="true">${initial}</span><span>${name}<small>${email}${isVerified ? "" : ` · ${unverified}`}</small></span></button></li>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
