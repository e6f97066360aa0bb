"use client";

import { lazy, type ReactNode, Suspense, useRef, useState, useTransition } from "react";
import { flushSync } from "react-dom";
import { callApi } from "#components/console/call-api";
import { ProblemContent } from "#components/console/problem-note";
import type { KeyActions } from "#components/keys/key-row";
import { KeysTable } from "#components/keys/keys-table";
import type { KeysText } from "#components/keys/keys-text";
import { useKeyList } from "#components/keys/use-key-list";
import { Button } from "#components/ui/button";
import { Toast, type ToastMessage } from "#components/ui/toast";
import { fill } from "#lib/i18n/schema";
import type { ApiKey } from "#lib/keys/schema";

// Most visits to this page open no dialog, so none is loaded before it is wanted.
const loadGenerate = () => import("#components/keys/generate-key-dialog");
const GenerateKeyDialog = lazy(() => loadGenerate().then((file) => ({ default: file.GenerateKeyDialog })));
const loadDelete = () => import("#components/keys/delete-key-dialog");
const DeleteKeyDialog = lazy(() => loadDelete().then((file) => ({ default: file.DeleteKeyDialog })));
const loadRename = () => import("#components/keys/rename-key-dialog");
const RenameKeyDialog = lazy(() => loadRename().then((file) => ({ default: file.RenameKeyDialog })));

type Open = { dialog: "generate" } | { dialog: "delete" | "rename"; key: ApiKey };

type ApiKeysProps = { initialKeys: ApiKey[]; publicUrl: string; text: KeysText; children?: ReactNode };

/** The section API Keys: the list, and everything that can be done with it. */
export function ApiKeys({ initialKeys, publicUrl, text, children }: ApiKeysProps) {
  const { keys, put, remove, reload } = useKeyList(initialKeys);
  const [open, setOpen] = useState<Open>();
  const [isOpening, startOpening] = useTransition();
  const [toast, setToast] = useState<ToastMessage>();
  const heading = useRef<HTMLHeadingElement>(null);

  const show = (next: Open) => startOpening(() => setOpen(next));
  const close = () => setOpen(undefined);
  const say = (sentence: string, key: ApiKey) =>
    setToast({ look: "good", content: fill(sentence, { name: key.name }) });

  const setActive = async (key: ApiKey, isActive: boolean) => {
    const { data, problem } = await callApi<ApiKey>("PATCH", `/api/keys/${key.id}`, { body: { is_active: isActive } });
    if (problem) setToast({ look: "bad", content: <ProblemContent problem={problem} text={text} /> });
    else {
      put(data);
      say(isActive ? text.keys.wasEnabled : text.keys.wasDisabled, data);
    }
  };

  const actions: KeyActions = {
    onRename: (key) => show({ dialog: "rename", key }),
    onToggle: (key) => setActive(key, !key.is_active),
    onDelete: (key) => show({ dialog: "delete", key }),
    onPrepare: () => void Promise.allSettled([loadDelete(), loadRename()]),
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
          onPointerEnter={() => void loadGenerate()}
          onFocus={() => void loadGenerate()}
          className="max-sm:w-full"
        >
          {text.keys.generate}
        </Button>
      </div>
      {children}
      <KeysTable keys={keys} text={text.keys} actions={actions} />
      <Suspense>
        {open?.dialog === "generate" && (
          <GenerateKeyDialog
            publicUrl={publicUrl}
            text={text}
            onKey={put}
            onDeleted={remove}
            onClose={(isListStale) => {
              close();
              if (isListStale) void reload();
            }}
          />
        )}
        {open?.dialog === "rename" && (
          <RenameKeyDialog
            apiKey={open.key}
            text={text}
            onClose={close}
            onRenamed={(key) => {
              close();
              put(key);
              say(text.keys.wasRenamed, key);
            }}
          />
        )}
        {open?.dialog === "delete" && (
          <DeleteKeyDialog
            apiKey={open.key}
            text={text}
            onClose={close}
            onDisabled={(key) => {
              close();
              put(key);
              say(text.keys.wasDisabled, key);
            }}
            onDeleted={(key) => {
              // The row that the focus would return to goes with the key.
              flushSync(() => {
                close();
                remove(key);
              });
              heading.current?.focus();
              say(text.keys.wasDeleted, key);
            }}
          />
        )}
      </Suspense>
      <Toast message={toast} dismissLabel={text.problem.dismiss} onDismiss={() => setToast(undefined)} />
    </section>
  );
}
