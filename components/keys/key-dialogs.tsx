"use client";

import type { ReactNode } from "react";
import { DeleteKeyDialog } from "#components/keys/delete-key-dialog";
import { GenerateKeyDialog } from "#components/keys/generate-key-dialog";
import type { Viewer } from "#components/keys/key-options-fields";
import type { KeysText } from "#components/keys/keys-text";
import { LookUpDialog } from "#components/keys/look-up-dialog";
import { ShortcutsDialog } from "#components/keys/shortcuts-dialog";
import type { ToastMessage } from "#components/ui/toast";
import { fill } from "#lib/i18n/schema";
import type { ApiKey } from "#lib/keys/schema";

/** Which dialog is open, and about which key. */
export type OpenDialog =
  | { dialog: "generate" }
  | { dialog: "shortcuts" }
  | { dialog: "lookUp" }
  | { dialog: "delete"; key: ApiKey };

type KeyDialogsProps = {
  open: OpenDialog;
  viewer: Viewer;
  publicUrl: string;
  names: string[];
  text: KeysText;
  onClose: () => void;
  onDeleted: () => void;
  onSay: (message: ToastMessage) => void;
};

/** The open dialog, and what the reader is told when it is done. */
export function KeyDialogs(props: KeyDialogsProps): ReactNode {
  const { open, viewer, publicUrl, names, text, onClose, onDeleted, onSay } = props;
  const say = (sentence: string, { name }: ApiKey) => onSay({ look: "good", content: fill(sentence, { name }) });

  if (open.dialog === "shortcuts") return <ShortcutsDialog text={text} onClose={onClose} />;
  if (open.dialog === "lookUp") return <LookUpDialog text={text} onClose={onClose} />;
  if (open.dialog === "generate") {
    return <GenerateKeyDialog viewer={viewer} publicUrl={publicUrl} names={names} text={text} onClose={onClose} />;
  }
  return (
    <DeleteKeyDialog
      apiKey={open.key}
      text={text}
      onClose={onClose}
      onDisabled={(key) => {
        onClose();
        say(text.keys.wasDisabled, key);
      }}
      onDeleted={(key) => {
        onDeleted();
        say(text.keys.wasDeleted, key);
      }}
    />
  );
}
