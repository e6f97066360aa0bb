"use client";

import { lazy, type ReactNode, Suspense, useRef, useState, useTransition } from "react";
import { flushSync } from "react-dom";
import type { OpenDialog } from "#components/keys/key-dialogs";
import { KeysTable } from "#components/keys/keys-table";
import type { KeysText } from "#components/keys/keys-text";
import { useKeyList } from "#components/keys/use-key-list";
import { Button } from "#components/ui/button";
import { Toast, type ToastMessage } from "#components/ui/toast";
import type { ApiKey } from "#lib/keys/schema";

// Most visits to this page only look, so what a press needs is loaded when the pointer or the focus comes near.
const KeyDialogs = lazy(() =>
  import("#components/keys/key-dialogs").then(({ KeyDialogs }) => ({ default: KeyDialogs })),
);
const prepare = () =>
  void Promise.allSettled([import("#components/keys/key-dialogs"), import("#components/keys/set-key-active")]);

type ApiKeysProps = { initialKeys: ApiKey[]; publicUrl: string; text: KeysText; children?: ReactNode };

/** The section API Keys: the list, and everything that can be done with it. */
export function ApiKeys({ initialKeys, publicUrl, text, children }: ApiKeysProps) {
  const list = useKeyList(initialKeys);
  const [open, setOpen] = useState<OpenDialog>();
  const [isOpening, startOpening] = useTransition();
  const [toast, setToast] = useState<ToastMessage>();
  const heading = useRef<HTMLHeadingElement>(null);

  const show = (dialog: OpenDialog) => startOpening(() => setOpen(dialog));
  const close = () => setOpen(undefined);

  const toggle = async (pressed: ApiKey) => {
    const { setKeyActive } = await import("#components/keys/set-key-active");
    const { key, message } = await setKeyActive(pressed, text);
    if (key) list.put(key);
    setToast(message);
  };

  const removeRow = (key: ApiKey) => {
    // The row that the focus would return to goes with the key.
    flushSync(() => {
      close();
      list.remove(key);
    });
    heading.current?.focus();
  };

  return (
    <section aria-labelledby="api-keys" className="rounded-card border border-line bg-surface">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-4 p-4 sm:px-6 sm:py-5">
        <div className="min-w-0 flex-1 basis-64">
          <h2 id="api-keys" ref={heading} tabIndex={-1} className="text-head font-semibold">
            {text.keys.title}
          </h2>
          <p className="text-muted">{text.keys.lead}</p>
        </div>
        <Button
          look="primary"
          isBusy={isOpening}
          onClick={() => show({ dialog: "generate" })}
          onPointerEnter={prepare}
          onFocus={prepare}
          className="max-sm:w-full"
        >
          {text.keys.generate}
        </Button>
      </div>
      {children}
      <KeysTable
        keys={list.keys}
        text={text.keys}
        actions={{
          onRename: (key) => show({ dialog: "rename", key }),
          onToggle: toggle,
          onDelete: (key) => show({ dialog: "delete", key }),
          onPrepare: prepare,
        }}
      />
      <Suspense>
        {open && (
          <KeyDialogs
            open={open}
            list={list}
            publicUrl={publicUrl}
            text={text}
            onClose={close}
            onDeleted={removeRow}
            onSay={setToast}
          />
        )}
      </Suspense>
      <Toast message={toast} dismissLabel={text.problem.dismiss} onDismiss={() => setToast(undefined)} />
    </section>
  );
}
