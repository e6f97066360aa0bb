"use client";

import { useState } from "react";
import type { Draft } from "#components/posts/draft";
import { findKeptDraft, forgetDraft, keepDraft } from "#components/posts/kept-draft";

/** The current draft. Every change is saved in this browser until the draft is sent or discarded. */
export const useDraft = (owner: string, toNew: () => Draft, isPossible: (accountId: string) => boolean) => {
  const [restored, setRestored] = useState(() => findKeptDraft(owner));
  const [draft, setDraft] = useState<Draft>(() => {
    if (!restored) return toNew();
    return isPossible(restored.accountId) ? restored : { ...restored, accountId: toNew().accountId };
  });
  const change = (next: Draft) => {
    setDraft(next);
    keepDraft(owner, next);
  };
  /** Discards the text and continues with the given draft. */
  const restart = (next: Draft) => {
    forgetDraft(owner);
    setRestored(undefined);
    setDraft(next);
  };
  return { draft, isRestored: restored !== undefined, change, restart };
};
