"use client";

import { createContext, use } from "react";
import type { OpenDialog } from "#components/keys/key-dialogs";
import type { KeysText } from "#components/keys/keys-text";
import type { ToastMessage } from "#components/ui/toast";
import type { ApiKey } from "#lib/keys/schema";

/** The actions that a row requests from the section around it. */
export type KeyListActions = {
  text: KeysText;
  /** The names in use. */
  names: string[];
  /** The key that is being renamed. */
  renamed: string | undefined;
  /** Starts renaming a key, or stops it. */
  rename: (keyId: string | undefined) => void;
  selected: ReadonlyMap<string, ApiKey>;
  show: (dialog: OpenDialog) => void;
  /** Selects or deselects the key. */
  select: (key: ApiKey) => void;
  /** The reader nears a button. */
  prepare: () => void;
  say: (message: ToastMessage) => void;
};

export const KeyActionsContext = createContext<KeyListActions | undefined>(undefined);

/** The actions around a row. */
export const useKeyActions = (): KeyListActions => {
  const actions = use(KeyActionsContext);
  if (!actions) throw new Error("A row of the list of keys stands outside its section.");
  return actions;
};
