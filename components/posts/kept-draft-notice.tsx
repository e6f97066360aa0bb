"use client";

import { useState, useSyncExternalStore } from "react";
import { findKeptDraft, forgetDraft } from "#components/posts/kept-draft";
import { Button } from "#components/ui/button";
import type { Messages } from "#lib/i18n/schema";

type KeptDraftNoticeProps = { owner: string; text: Messages["posts"]; onContinue: () => void };

const onStorage = (look: () => void) => {
  addEventListener("storage", look);
  return () => removeEventListener("storage", look);
};

/** Reminds the user of an unsent draft and opens it. */
export function KeptDraftNotice({ owner, text, onContinue }: KeptDraftNoticeProps) {
  const [, setDiscarded] = useState(0);
  const isKept = useSyncExternalStore(
    onStorage,
    () => findKeptDraft(owner) !== undefined,
    () => false,
  );
  const discard = () => {
    forgetDraft(owner);
    setDiscarded((count) => count + 1);
    document.querySelector<HTMLElement>("h1")?.focus();
  };
  return (
    <div role="status">
      {isKept && (
        <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-card border border-line bg-surface px-4 py-2.5 sm:px-6">
          <p className="mr-auto">{text.unsent}</p>
          <div className="-mx-3.5 flex flex-wrap sm:mx-0">
            <Button look="quietDanger" onClick={discard}>
              {text.discard}
            </Button>
            <Button onClick={onContinue}>{text.continue}</Button>
          </div>
        </div>
      )}
    </div>
  );
}
