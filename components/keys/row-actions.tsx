"use client";

import { useKeyActions } from "#components/keys/key-actions-context";
import { Button } from "#components/ui/button";
import type { ApiKey } from "#lib/keys/schema";

/** Renames, disables or enables, and deletes a key. Each button's accessible name includes the key. */
export function RowActions({ apiKey }: { apiKey: ApiKey }) {
  const { text, ...actions } = useKeyActions();
  const { id, name, status, leaked_at: leaked } = apiKey;
  const near = { onPointerEnter: actions.prepare, onFocus: actions.prepare };
  const toggle = { active: text.keys.disable, disabled: leaked ? undefined : text.keys.enable, expired: undefined };
  return (
    <div className="flex whitespace-nowrap max-lg:-mx-3.5 max-lg:flex-wrap lg:justify-end">
      <Button
        {...near}
        look="quiet"
        data-rename={id}
        aria-label={`${text.keys.rename} ${name}`}
        onClick={() => actions.rename(id)}
      >
        {text.keys.rename}
      </Button>
      {toggle[status] && (
        <Button
          {...near}
          look="quiet"
          aria-label={`${toggle[status]} ${name}`}
          onClick={() => actions.show({ dialog: "toggle", key: apiKey })}
        >
          {toggle[status]}
        </Button>
      )}
      <Button
        {...near}
        look="quietDanger"
        aria-label={`${text.keys.delete} ${name}`}
        onClick={() => actions.show({ dialog: "delete", key: apiKey })}
      >
        {text.keys.delete}
      </Button>
    </div>
  );
}
