"use client";

import type { ReactNode } from "react";
import { DeleteKeyDialog } from "#components/keys/delete-key-dialog";
import { GenerateKeyDialog } from "#components/keys/generate-key-dialog";
import type { KeysText } from "#components/keys/keys-text";
import { RenameKeyDialog } from "#components/keys/rename-key-dialog";
import type { KeyList } from "#components/keys/use-key-list";
import type { ToastMessage } from "#components/ui/toast";
import { fill } from "#lib/i18n/schema";
import type { ApiKey } from "#lib/keys/schema";

/** Which dialog is open, and about which key. */
export type OpenDialog = { dialog: "generate" } | { dialog: "delete" | "rename"; key: ApiKey };

type KeyDialogsProps = {
  open: OpenDialog;
  list: KeyList;
  publicUrl: string;
  text: KeysText;
  onClose: () => void;
  onDeleted: (key: ApiKey) => void;
  onSay: (message: ToastMessage) => void;
};

/** The open dialog, and what the list and the reader are told when it is done. */
export function KeyDialogs({ open, list, publicUrl, text, onClose, onDeleted, onSay }: KeyDialogsProps): ReactNode {
  const say = (sentence: string, { name }: ApiKey) => onSay({ look: "good", content: fill(sentence, { name }) });
  const finish = (key: ApiKey, sentence: string) => {
    onClose();
    list.put(key);
    say(sentence, key);
  };

  if (open.dialog === "generate") {
    return (
      <GenerateKeyDialog
        publicUrl={publicUrl}
        text={text}
        onKey={list.put}
        onDeleted={list.remove}
        onList={list.replaceAll}
        onClose={onClose}
      />
    );
  }
  if (open.dialog === "rename") {
    return (
      <RenameKeyDialog
        apiKey={open.key}
        text={text}
        onClose={onClose}
        onRenamed={(key) => finish(key, text.keys.wasRenamed)}
      />
    );
  }
  return (
    <DeleteKeyDialog
      apiKey={open.key}
      text={text}
      onClose={onClose}
      onDisabled={(key) => finish(key, text.keys.wasDisabled)}
      onDeleted={(key) => {
        onDeleted(key);
        say(text.keys.wasDeleted, key);
      }}
    />
  );
}
