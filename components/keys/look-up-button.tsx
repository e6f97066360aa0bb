"use client";

import { useKeyActions } from "#components/keys/key-actions-context";
import { Button } from "#components/ui/button";

/** Opens the dialog that identifies a key in the user's hands. */
export function LookUpButton() {
  const { text, show } = useKeyActions();
  return (
    <Button look="quiet" onClick={() => show({ dialog: "lookUp" })} className="text-small">
      {text.lookUp.open}
    </Button>
  );
}
