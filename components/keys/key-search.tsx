import { LookUpButton } from "#components/keys/look-up-button";
import { toListHref } from "#components/keys/to-list-href";
import { inOrganization } from "#components/organizations/in-organization";
import { buttonClass } from "#components/ui/button";
import { INPUT } from "#components/ui/input-class";
import type { Messages } from "#lib/i18n/schema";
import type { KeyBadge, KeyQuery, KeySelection, KeyStatus } from "#lib/keys/schema";

type KeySearchProps = {
  selection: KeySelection;
  organizationId: string;
  query: KeyQuery;
  path: string;
  text: Messages;
};

const STATUSES: readonly KeyStatus[] = ["active", "disabled", "expired"];
const BADGES: readonly KeyBadge[] = ["unused", "never_used", "old"];

/** Filters the list. It uses only links and a form, so it works without scripts and can be bookmarked. */
export function KeySearch({ selection, organizationId, query, path, text: { keys } }: KeySearchProps) {
  const { q, sort, order, status, badge } = query;
  const rest = Object.entries({ status, badge, sort, order }).filter(([, value]) => value !== undefined);
  const chips = [
    { name: keys.all, count: selection.total, query: { q, sort, order }, isCurrent: !status && !badge },
    ...STATUSES.map((value) => ({
      name: keys[value],
      count: selection.statuses[value],
      query: { q, sort, order, status: value },
      isCurrent: status === value,
    })),
    ...BADGES.map((value) => ({
      name: keys.badges[value],
      count: selection.badges[value],
      query: { q, sort, order, badge: value },
      isCurrent: badge === value,
    })),
  ].filter((chip, index) => index === 0 || chip.count > 0 || chip.isCurrent);
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-3 border-t border-line px-4 py-3 sm:px-6">
      <form action={path} className="flex min-w-0 flex-1 basis-64 gap-2">
        {rest.map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <input
          type="search"
          dir="auto"
          name="q"
          defaultValue={q}
          maxLength={200}
          aria-label={keys.search}
          placeholder={keys.search}
          className={`${INPUT} w-full max-w-xs min-w-0`}
        />
        <button type="submit" className={`${buttonClass()} shrink-0`}>
          {keys.find}
        </button>
      </form>
      <nav aria-label={keys.filters} className="flex flex-wrap gap-1.5">
        {chips.map((chip) => (
          <a
            key={chip.name}
            href={toListHref(path, chip.query)}
            aria-current={chip.isCurrent ? "true" : undefined}
            className="inline-flex min-h-11 items-center gap-1.5 rounded-full border border-line px-3 text-small text-muted hover:bg-sunken hover:text-ink aria-[current]:border-ink aria-[current]:text-ink mouse:min-h-8"
          >
            <span>{chip.name}</span>
            <span className="tabular-nums">{chip.count}</span>
          </a>
        ))}
      </nav>
      <LookUpButton />
      <a
        href={inOrganization(toListHref("/api/keys.csv", query), organizationId)}
        className="inline-flex min-h-11 items-center rounded-control px-2 text-small text-muted underline-offset-4 hover:text-ink hover:underline mouse:min-h-8"
      >
        {keys.csv}
      </a>
    </div>
  );
}
