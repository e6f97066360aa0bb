"use client";

import { usePathname } from "next/navigation";
import type { Messages } from "#lib/i18n/schema";

/** The account's pages. They are links, so each has an address of its own. */
export function AccountTabs({ text }: { text: Messages["account"] }) {
  const pathname = usePathname();
  const tabs = [
    { href: "/account", name: text.profile },
    { href: "/account/security", name: text.security },
    { href: "/account/api-keys", name: text.keys },
  ];
  return (
    <nav aria-label={text.tabs} className="mb-8 flex flex-wrap gap-x-6 border-b border-line">
      {tabs.map(({ href, name }) => (
        <a
          key={href}
          href={href}
          aria-current={pathname === href ? "page" : undefined}
          className="-mb-px flex min-h-11 items-center border-b-2 border-transparent text-muted hover:text-ink aria-[current=page]:border-ink aria-[current=page]:font-medium aria-[current=page]:text-ink"
        >
          {name}
        </a>
      ))}
    </nav>
  );
}
