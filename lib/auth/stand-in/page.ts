import { createHash } from "node:crypto";
import { PEOPLE, type Person, type Typed } from "#lib/auth/stand-in/people";
import type { Locale } from "#lib/i18n/schema";

/** The headers of every answer: no scripts, one style sheet, and forms that lead only here and back to the console. */
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

/**
 * The page on which the user chooses a person. With `refused` it shows the typed values and says that the e-mail is invalid.
 */
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
<div><label for="domain">${say.domain}</label>
<input id="domain" name="domain" autocomplete="off" spellcheck="false" maxlength="100" aria-describedby="domain-help" value="${escapeHtml(refused?.domain ?? "")}">
<small id="domain-help">${say.domainHelp}</small></div>
<button class="primary">${say.continue}</button>
</form>
<form method="post"><button name="cancel" value="yes">${say.cancel}</button></form>
<footer>${say.footer}</footer>`,
  );
};

/** The page that explains why there is nothing to choose, with a link back to the console. */
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

/** The stand-in's style, which follows the console's. Light and dark follow the system. It loads nothing. */
const STYLE = `
:root {
  color-scheme: light dark;
  --canvas: light-dark(#faf9f7, #121211);
  --surface: light-dark(#ffffff, #1a1a18);
  --sunken: light-dark(#f3f2ef, #242422);
  --line: light-dark(#e5e3de, #31312e);
  --edge: light-dark(#8a887f, #7c7b74);
  --ink: light-dark(#1c1c1a, #eeede9);
  --muted: light-dark(#5e5d56, #a5a49c);
  --inverse: light-dark(#ffffff, #121211);
  --accent: light-dark(#2456c7, #94b4ff);
  --warn: light-dark(#7a4d00, #efc26e);
  --warn-soft: light-dark(#fdf5e3, #2b2414);
  --bad: light-dark(#b3241d, #ff8d85);
}
* { box-sizing: border-box; margin: 0; }
body {
  min-height: 100dvh; padding: 2rem 1rem; display: grid; align-content: center; justify-items: center;
  background: var(--canvas); color: var(--ink); overflow-wrap: anywhere; -webkit-text-size-adjust: 100%;
  font: 0.9375rem/1.5rem system-ui, "Segoe UI", "Noto Sans TC", "Noto Sans CJK TC", "PingFang TC", "Microsoft JhengHei", sans-serif;
}
main {
  width: 100%; max-width: 27rem; padding: clamp(1.25rem, 5vw, 2rem); display: grid; gap: 1.5rem;
  background: var(--surface); border: 1px solid var(--line); border-radius: 0.75rem;
}
header, form { display: grid; gap: 0.75rem; }
h1 { text-wrap: balance; font-size: 1.625rem; line-height: 2.125rem; font-weight: 600; letter-spacing: -0.01em; }
h2 { font-size: inherit; line-height: inherit; font-weight: 600; }
aside, footer, small, .error { font-size: 0.8125rem; line-height: 1.25rem; }
aside { padding: 0.75rem 1rem; color: var(--warn); background: var(--warn-soft); border-radius: 0.5rem; }
header p, footer, small { color: var(--muted); }
ul { list-style: none; padding: 0; border: 1px solid var(--line); border-radius: 0.75rem; overflow: hidden; }
li + li { border-top: 1px solid var(--line); }
button {
  min-height: 2.75rem; padding: 0.375rem 0.875rem; border: 1px solid var(--edge); border-radius: 0.5rem;
  background: var(--surface); color: var(--ink); font: inherit; font-weight: 500; cursor: pointer;
}
button:hover { background: var(--sunken); }
button.primary { background: var(--ink); border-color: transparent; color: var(--inverse); }
button.primary:hover { opacity: 0.85; }
button.person {
  width: 100%; padding: 0.75rem 1rem; display: flex; gap: 0.875rem; align-items: center;
  border: 0; border-radius: 0; text-align: start;
}
button.person small { display: block; font-weight: 400; }
.face {
  flex: none; width: 2.25rem; height: 2.25rem; display: grid; place-items: center;
  border-radius: 50%; background: var(--sunken); border: 1px solid var(--line);
}
form > div { display: grid; gap: 0.25rem; }
label { font-weight: 500; }
input {
  width: 100%; min-height: 2.75rem; padding: 0.5rem 0.75rem; border: 1px solid var(--edge); border-radius: 0.5rem;
  background: transparent; color: inherit; font: inherit; font-size: 1rem;
}
input[aria-invalid] { border-color: var(--bad); }
.error { color: var(--bad); }
a { color: var(--accent); text-underline-offset: 0.2em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
button.person:focus-visible { outline-offset: -3px; border-radius: 0.75rem; }
@media (prefers-reduced-motion: no-preference) { button { transition: background 0.12s; } }
`;

const en = {
  title: "Choose an account",
  notice: "This is a stand-in for Google",
  noticeText:
    "It runs on this computer, so that you can try Boring Console before you set up Google. Nobody is verified here, and only this computer can reach this page.",
  heading: "Who would you like to be?",
  lead: (console: string) => `You go back to Boring Console at ${console} as the person you choose.`,
  people: "People",
  unverified: "address not verified",
  other: "Somebody else",
  email: "E-mail address",
  emailError: "Enter an e-mail address, for example dana@example.com.",
  name: "Name (optional)",
  domain: "Google Workspace domain (optional)",
  domainHelp: "Google sends it, as hd, for accounts that a company manages. ALLOWED_SIGN_INS goes by it.",
  continue: "Continue",
  cancel: "Cancel",
  footer: "Set GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET to sign in with Google itself.",
  expired: "This sign-in is over",
  expiredText: "It took too long, or it was finished in another tab. Start again from the console.",
  broken: "This sign-in cannot go on",
  brokenText: "The request does not fit this installation. Start again from the console.",
  back: "Back to Boring Console",
};

const zhTW: typeof en = {
  title: "選擇帳號",
  notice: "這是 Google 登入的替代頁面",
  noticeText:
    "它在這台電腦上執行，讓您在設定 Google 之前先試用 Boring Console。這裡不會驗證任何人的身分，也只有這台電腦能連到本頁面。",
  heading: "您想以誰的身分登入？",
  lead: (console) => `您將以所選的身分回到 ${console} 的 Boring Console。`,
  people: "帳號清單",
  unverified: "電子郵件未經驗證",
  other: "使用其他帳號",
  email: "電子郵件地址",
  emailError: "請輸入電子郵件地址，例如 dana@example.com。",
  name: "名稱（選填）",
  domain: "Google Workspace 網域（選填）",
  domainHelp: "帳號由公司管理時，Google 會以 hd 附上此網域；ALLOWED_SIGN_INS 以它為準。",
  continue: "繼續",
  cancel: "取消",
  footer: "設定 GOOGLE_CLIENT_ID 與 GOOGLE_CLIENT_SECRET 即可改用 Google 登入。",
  expired: "這次登入已結束",
  expiredText: "可能是等候過久，或已在其他分頁完成。請從主控台重新開始。",
  broken: "無法繼續這次登入",
  brokenText: "這個請求與本系統的設定不符。請從主控台重新開始。",
  back: "回到 Boring Console",
};

/** All texts of the stand-in, in the console's two languages. */
export const MESSAGES: Record<Locale, typeof en> = { en, "zh-TW": zhTW };
