"use client";

import { useRouter } from "next/navigation";
import type { ReactElement } from "react";
import { BulkActions } from "#components/keys/bulk-actions";
import { DeleteKeyDialog } from "#components/keys/delete-key-dialog";
import { GenerateKeyDialog } from "#components/keys/generate-key-dialog";
import type { Viewer } from "#components/keys/key-options-fields";
import type { KeysText } from "#components/keys/keys-text";
import { LookUpDialog } from "#components/keys/look-up-dialog";
import { RotateKeyDialog } from "#components/keys/rotate-key-dialog";
import { ShortcutsDialog } from "#components/keys/shortcuts-dialog";
import { ToggleKey } from "#components/keys/toggle-key";
import { Toast, type ToastMessage } from "#components/ui/toast";
import { fill } from "#lib/i18n/schema";
import type { ApiKey } from "#lib/keys/schema";

/** The open dialog and its key. */
export type OpenDialog =
  | { dialog: "generate" }
  | { dialog: "shortcuts" }
  | { dialog: "lookUp" }
  | { dialog: "toggle" | "delete" | "rotate"; key: ApiKey };

type KeyDialogsProps = {
  open: OpenDialog | undefined;
  selected: ApiKey[];
  viewer: Viewer;
  publicUrl: string;
  names: string[];
  text: KeysText;
  onClose: () => void;
  onClear: () => void;
  /** The latest message. */
  message: ToastMessage | undefined;
  onSay: (message: ToastMessage | undefined) => void;
};

/** The open dialog, the actions for the selected keys, and the latest message. Every action renders the list again. */
export function KeyDialogs({ selected, message, onClear, ...rest }: KeyDialogsProps): ReactElement {
  return (
    <>
      {selected.length > 0 && <BulkActions keys={selected} text={rest.text} onClear={onClear} />}
      {rest.open && <KeyDialog {...rest} open={rest.open} />}
      <Toast message={message} dismissLabel={rest.text.problem.dismiss} onDismiss={() => rest.onSay(undefined)} />
    </>
  );
}

type KeyDialogProps = Omit<KeyDialogsProps, "open" | "selected" | "message" | "onClear"> & { open: OpenDialog };

function KeyDialog(props: KeyDialogProps): ReactElement {
  const { open, viewer, publicUrl, names, text, onSay } = props;
  const router = useRouter();
  const onClose = () => {
    props.onClose();
    router.refresh();
  };
  const say = (sentence: string, { name }: ApiKey) => onSay({ look: "good", content: fill(sentence, { name }) });

  if (open.dialog === "shortcuts") return <ShortcutsDialog text={text} onClose={onClose} />;
  if (open.dialog === "lookUp") return <LookUpDialog text={text} onClose={onClose} />;
  if (open.dialog === "generate") {
    return <GenerateKeyDialog viewer={viewer} publicUrl={publicUrl} names={names} text={text} onClose={onClose} />;
  }
  if (open.dialog === "rotate") {
    return <RotateKeyDialog apiKey={open.key} publicUrl={publicUrl} text={text} onClose={onClose} />;
  }
  if (open.dialog === "toggle") {
    const finish = (message: ToastMessage) => {
      onSay(message);
      onClose();
    };
    return <ToggleKey apiKey={open.key} text={text} onDone={finish} />;
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
        onClose();
        say(text.keys.wasDeleted, key);
      }}
    />
  );
}
