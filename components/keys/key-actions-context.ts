"use client";

import { createContext, use } from "react";
import type { OpenDialog } from "#components/keys/key-dialogs";
import type { KeysText } from "#components/keys/keys-text";
import type { ToastMessage } from "#components/ui/toast";
import type { ApiKey } from "#lib/keys/schema";

/** What a row of the list can ask of the section around it. */
export type KeyListActions = {
  text: KeysText;
  /** The names that are taken. */
  names: string[];
  /** The key whose name is being changed. */
  renamed: string | undefined;
  /** Begins to change a key's name, or ends it. */
  rename: (keyId: string | undefined) => void;
  selected: ReadonlyMap<string, ApiKey>;
  show: (dialog: OpenDialog) => void;
  /** Selects the key, or no longer. */
  select: (key: ApiKey) => void;
  /** The reader is about to act. */
  prepare: () => void;
  say: (message: ToastMessage) => void;
};

export const KeyActionsContext = createContext<KeyListActions | undefined>(undefined);

/** The section around a row. */
export const useKeyActions = (): KeyListActions => {
  const actions = use(KeyActionsContext);
  if (!actions) throw new Error("A row of the list of keys stands outside its section.");
  return actions;
};
