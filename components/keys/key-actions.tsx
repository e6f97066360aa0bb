"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { DeleteKeyDialog } from "#components/keys/delete-key-dialog";
import type { KeysText } from "#components/keys/keys-text";
import { RotateKeyButton } from "#components/keys/rotate-key-button";
import { setKeyActive } from "#components/keys/set-key-active";
import { Button, buttonClass } from "#components/ui/button";
import { Toast, type ToastMessage } from "#components/ui/toast";
import type { ApiKey } from "#lib/keys/schema";

type KeyActionsProps = { apiKey: ApiKey; mayChange: boolean; publicUrl: string; text: KeysText };

/** The actions of one key on its own page, as far as the reader may use them. */
export function KeyActions({ apiKey, mayChange, publicUrl, text }: KeyActionsProps) {
  const router = useRouter();
  const [isDeleting, setIsDeleting] = useState(false);
  const [toast, setToast] = useState<ToastMessage>();
  const { id, status, leaked_at: leaked, replaced_by: successor } = apiKey;
  const close = () => {
    setIsDeleting(false);
    router.refresh();
  };

  const toggle = async () => {
    const { message } = await setKeyActive(apiKey, text);
    setToast(message);
    router.refresh();
  };

  return (
    <div className="mb-8 flex flex-wrap gap-2">
      {mayChange && status === "active" && !successor && (
        <RotateKeyButton apiKey={apiKey} publicUrl={publicUrl} text={text} />
      )}
      {(status === "active" || (mayChange && status === "disabled" && !leaked)) && (
        <Button onClick={() => void toggle()}>{status === "active" ? text.keys.disable : text.keys.enable}</Button>
      )}
      <a href={`/settings/keys/${id}/leak`} className={buttonClass()}>
        {text.keys.reportLeak}
      </a>
      {mayChange && (
        <Button look="quietDanger" onClick={() => setIsDeleting(true)}>
          {text.keys.delete}
        </Button>
      )}
      {isDeleting && (
        <DeleteKeyDialog
          apiKey={apiKey}
          text={text}
          onClose={close}
          onDisabled={close}
          onDeleted={() => location.assign("/settings")}
        />
      )}
      <Toast message={toast} dismissLabel={text.problem.dismiss} onDismiss={() => setToast(undefined)} />
    </div>
  );
}
