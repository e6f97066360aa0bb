"use client";

import { useKeyActions } from "#components/keys/key-actions-context";
import type { ApiKey } from "#lib/keys/schema";

/** Opens the dialog that replaces the key. */
export function RowRotate({ apiKey }: { apiKey: ApiKey }) {
  const { text, show, prepare } = useKeyActions();
  const { open } = text.rotateKey;
  return (
    <button
      type="button"
      aria-label={`${open} ${apiKey.name}`}
      onClick={() => show({ dialog: "rotate", key: apiKey })}
      onPointerEnter={prepare}
      onFocus={prepare}
      className="text-small font-medium underline underline-offset-2 pointer-coarse:min-h-11"
    >
      {open}
    </button>
  );
}
