import { createHash } from "node:crypto";
import { type Language, MESSAGES } from "#lib/auth/stand-in/messages";
import { PEOPLE, type Person } from "#lib/auth/stand-in/people";
import { STYLE } from "#lib/auth/stand-in/style";

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
export const choicePage = (language: Language, publicUrl: string, refused?: Typed): string => {
  const say = MESSAGES[language];
  const error = refused && `<span class="error" id="email-error">${say.emailError}</span>`;
  const invalid = refused && ' aria-invalid="true" aria-describedby="email-error" autofocus';
  return page(
    language,
    say.title,
    `<aside><strong>${say.notice}</strong><p>${say.noticeText}</p></aside>
<header><h1>${say.heading}</h1><p class="soft">${say.lead(escapeHtml(publicUrl))}</p></header>
<form method="post"><ul aria-label="${say.people}">${PEOPLE.map((person) => personItem(person, say.unverified)).join("")}</ul></form>
<form method="post" novalidate>
<h2>${say.other}</h2>
<label>${say.email}<input name="email" type="email" autocomplete="email" required maxlength="254" value="${escapeHtml(refused?.email ?? "")}"${invalid ?? ""}>${error ?? ""}</label>
<label>${say.name}<input name="name" autocomplete="name" maxlength="100" value="${escapeHtml(refused?.name ?? "")}"></label>
<button class="primary">${say.continue}</button>
</form>
<form method="post"><button name="cancel" value="yes">${say.cancel}</button></form>
<footer>${say.footer}</footer>`,
  );
};

/** The page that says why there is nothing to choose here, and leads back to the console. */
export const endPage = (language: Language, publicUrl: string, why: "expired" | "broken"): string => {
  const say = MESSAGES[language];
  return page(
    language,
    say[why],
    `<header><h1>${say[why]}</h1><p class="soft">${say[`${why}Text`]}</p></header>
<p><a href="${escapeHtml(publicUrl)}/sign-in">${say.back}</a></p>`,
  );
};

function page(language: Language, title: string, main: string): string {
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${STYLE}</style></head>
<body><main>${main}</main></body>
</html>`;
}

function personItem({ email, name, isVerified }: Person, unverified: string): string {
  const [initial = ""] = name;
  return `<li><button class="person" name="email" value="${email}"><span aria-hidden="true">${initial}</span><span><span>${name}</span><small>${email}${isVerified ? "" : ` · ${unverified}`}</small></span></button></li>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
