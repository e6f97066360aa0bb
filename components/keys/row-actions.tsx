"use client";

import { useKeyActions } from "#components/keys/key-actions-context";
import { Button, buttonClass } from "#components/ui/button";
import type { ApiKey } from "#lib/keys/schema";

type RowActionsProps = { apiKey: ApiKey; mayChange: boolean };

/**
 * Renames, disables or enables, and deletes a key. Each button's accessible name includes the key. A reader who may not change
 * the key can still disable it and report it as leaked.
 */
export function RowActions({ apiKey, mayChange }: RowActionsProps) {
  const { text, ...actions } = useKeyActions();
  const { id, name, status, leaked_at: leaked } = apiKey;
  const near = { onPointerEnter: actions.prepare, onFocus: actions.prepare };
  const enable = leaked || !mayChange ? undefined : text.keys.enable;
  const toggle = { active: text.keys.disable, disabled: enable, expired: undefined };
  return (
    <div className="flex whitespace-nowrap max-lg:-mx-3.5 max-lg:flex-wrap lg:justify-end">
      {mayChange && (
        <Button
          {...near}
          look="quiet"
          data-rename={id}
          aria-label={`${text.keys.rename} ${name}`}
          onClick={() => actions.rename(id)}
        >
          {text.keys.rename}
        </Button>
      )}
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
      {mayChange ? (
        <Button
          {...near}
          look="quietDanger"
          aria-label={`${text.keys.delete} ${name}`}
          onClick={() => actions.show({ dialog: "delete", key: apiKey })}
        >
          {text.keys.delete}
        </Button>
      ) : (
        <a
          href={`/settings/keys/${id}/leak`}
          aria-label={`${text.keys.reportLeak}: ${name}`}
          className={buttonClass("quiet")}
        >
          {text.keys.reportLeak}
        </a>
      )}
    </div>
  );
}
