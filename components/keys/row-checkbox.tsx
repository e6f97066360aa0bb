"use client";

import { useKeyActions } from "#components/keys/key-actions-context";
import { fill } from "#lib/i18n/schema";
import type { ApiKey } from "#lib/keys/schema";

/** Selects a key for the bulk actions. */
export function RowCheckbox({ apiKey }: { apiKey: ApiKey }) {
  const { selected, select, text } = useKeyActions();
  return (
    <label className="grid size-11 shrink-0 place-items-center mouse:size-8">
      <input
        type="checkbox"
        aria-label={fill(text.bulk.select, { name: apiKey.name })}
        checked={selected.has(apiKey.id)}
        onChange={() => select(apiKey)}
        className="size-4.5 accent-ink"
      />
    </label>
  );
}
