"use client";

import { lazy, Suspense, useState } from "react";
import type { SwitcherText } from "#components/organizations/switcher-text";
import { ChevronIcon } from "#components/ui/icons";
import { fill } from "#lib/i18n/schema";

const OrganizationChoices = lazy(() =>
  import("#components/organizations/organization-choices").then(({ OrganizationChoices }) => ({
    default: OrganizationChoices,
  })),
);

type OrganizationSwitcherProps = { current: { id: string; name: string }; text: SwitcherText };

/** Names the organization that this page shows, and offers the others. They are loaded when the menu opens. */
export function OrganizationSwitcher({ current, text }: OrganizationSwitcherProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <div data-organization={current.id} className="min-w-0">
      <button
        type="button"
        popoverTarget="organizations"
        aria-label={fill(text.organizationMenu, current)}
        className="flex min-h-11 max-w-full min-w-11 items-center gap-1.5 rounded-control px-2 hover:bg-sunken mouse:min-h-9"
      >
        <bdi translate="no" className="min-w-0 max-w-40 truncate">
          {current.name}
        </bdi>
        <ChevronIcon className="size-4 text-muted" />
      </button>
      <div
        id="organizations"
        popover="auto"
        onToggle={({ newState }) => setIsOpen(newState === "open")}
        className="fixed inset-auto top-15 right-3 max-h-[calc(100dvh-5rem)] w-72 max-w-[calc(100vw-1.5rem)] overflow-y-auto rounded-card bg-surface p-2 text-ink shadow-raised"
      >
        <p className="px-3 pt-1 pb-2 text-small text-muted">{text.switchOrganization}</p>
        <Suspense>{isOpen && <OrganizationChoices shownId={current.id} text={text} />}</Suspense>
        <a
          href="/account/organizations"
          className="mt-2 flex min-h-11 items-center rounded-control border-t border-line px-3 hover:bg-sunken mouse:min-h-9"
        >
          {text.organizations}
        </a>
      </div>
    </div>
  );
}
