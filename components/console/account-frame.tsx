import type { ReactNode } from "react";
import { PageTitle } from "#components/console/page-title";
import type { Messages } from "#lib/i18n/schema";

type AccountFrameProps = {
  current: "/account" | "/account/security" | "/account/api-keys";
  text: Messages["account"];
  children: ReactNode;
};

/** Title and tabs of the account's pages. The tabs are links, so each page has an address of its own. */
export function AccountFrame({ current, text, children }: AccountFrameProps) {
  const tabs = [
    { href: "/account", name: text.profile },
    { href: "/account/security", name: text.security },
    { href: "/account/api-keys", name: text.keys },
  ];
  return (
    <>
      <PageTitle title={text.title} lead={text.lead} />
      <nav aria-label={text.tabs} className="mb-8 flex flex-wrap gap-x-6 border-b border-line">
        {tabs.map(({ href, name }) => (
          <a
            key={href}
            href={href}
            aria-current={href === current ? "page" : undefined}
            className="-mb-px flex min-h-11 items-center border-b-2 border-transparent text-muted hover:text-ink aria-[current=page]:border-ink aria-[current=page]:font-medium aria-[current=page]:text-ink"
          >
            {name}
          </a>
        ))}
      </nav>
      {children}
    </>
  );
}
