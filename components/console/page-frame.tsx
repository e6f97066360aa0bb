import type { ReactNode } from "react";
import { LanguageSwitch } from "#components/console/language-switch";
import { type Person, UserMenu } from "#components/console/user-menu";
import { Bell } from "#components/notices/bell";
import { OrganizationSwitcher } from "#components/organizations/organization-switcher";
import { toSwitcherText } from "#components/organizations/switcher-text";
import type { Locale, Messages } from "#lib/i18n/schema";

type PageFrameProps = {
  user: Person | null;
  /** The shown organization of a user who belongs to several. */
  organization?: { id: string; name: string } | undefined;
  /** How many notices the user has not read. Absent on pages that stand alone. */
  unread?: number | undefined;
  locale: Locale;
  text: Messages;
  children: ReactNode;
};

/**
 * The frame of every page: the product's name, a link to Settings, the language switch and the user's menu, with a switch
 * between several organizations.
 */
export function PageFrame({ user, organization, unread, locale, text, children }: PageFrameProps) {
  return (
    <>
      <a
        href="#content"
        className="sr-only rounded-control bg-ink px-4 py-3 text-inverse focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-30"
      >
        {text.header.skip}
      </a>
      <header className="sticky top-0 z-10 border-b border-line bg-canvas">
        <div className="flex min-h-14 flex-wrap items-center gap-1 px-1.5 sm:gap-3 sm:px-4">
          <a
            href="/"
            className="flex min-h-11 items-center gap-2 rounded-control px-2.5 font-semibold whitespace-nowrap mouse:min-h-9"
          >
            <Mark />
            <span translate="no" className="max-[26rem]:sr-only">
              {text.product.name}
            </span>
          </a>
          <nav aria-label={text.header.navigation} className={user ? "flex max-sm:order-last max-sm:w-full" : "flex"}>
            {[...(user ? toConsole(text.header) : []), { href: "/docs", name: text.docs.name }].map(
              ({ href, name }) => (
                <a
                  key={href}
                  href={href}
                  className="flex min-h-11 items-center rounded-control px-2 text-muted hover:bg-sunken hover:text-ink sm:px-3 mouse:min-h-9"
                >
                  {name}
                </a>
              ),
            )}
          </nav>
          <div
            className={`ml-auto flex items-center gap-1 sm:gap-2 ${organization ? "min-w-0 flex-1 justify-end" : ""}`}
          >
            {organization && <OrganizationSwitcher current={organization} text={toSwitcherText(text)} />}
            <LanguageSwitch locale={locale} />
            {user && unread !== undefined && <Bell unread={unread} text={text.notices} />}
            {user && <UserMenu user={user} text={text.header} problemText={{ problem: text.problem }} />}
          </div>
        </div>
      </header>
      <main id="content" tabIndex={-1} className="mx-auto w-full max-w-5xl px-4 py-8 outline-none sm:px-6 sm:py-8">
        {children}
      </main>
    </>
  );
}

function toConsole(text: Messages["header"]) {
  return [
    { href: "/settings", name: text.settings },
    { href: "/accounts", name: text.accounts },
    { href: "/posts", name: text.posts },
  ];
}

function Mark() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className="size-6 shrink-0">
      <rect width="24" height="24" rx="6" className="fill-ink" />
      <path
        d="M12 10.7a3.7 3.7 0 1 1-.9-.9L17.5 5.3m-2.7 2.7 2.3 2.3"
        fill="none"
        strokeWidth="2"
        strokeLinecap="round"
        className="stroke-inverse"
      />
    </svg>
  );
}
