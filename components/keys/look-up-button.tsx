"use client";

import { useKeyActions } from "#components/keys/key-actions-context";
import { Button } from "#components/ui/button";

/** Asks which key it is that somebody has in hand. */
export function LookUpButton() {
  const { text, show } = useKeyActions();
  return (
    <Button look="quiet" onClick={() => show({ dialog: "lookUp" })} className="text-small">
      {text.lookUp.open}
    </Button>
  );
}
