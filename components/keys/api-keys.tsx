"use client";

import { lazy, Suspense, useEffect, useEffectEvent, useRef, useState, useTransition } from "react";
import { flushSync } from "react-dom";
import { KeyActionsContext } from "#components/keys/key-actions-context";
import type { OpenDialog } from "#components/keys/key-dialogs";
import type { Viewer } from "#components/keys/key-options-fields";
import type { KeysText } from "#components/keys/keys-text";
import { runShortcut } from "#components/keys/run-shortcut";
import { Button } from "#components/ui/button";
import type { Elements } from "#components/ui/elements";
import type { ToastMessage } from "#components/ui/toast";
import type { ApiKey } from "#lib/keys/schema";

// Most visits only read the page, so dialogs load when the pointer or the focus comes near their button.
const KeyDialogs = lazy(() =>
  import("#components/keys/key-dialogs").then(({ KeyDialogs }) => ({ default: KeyDialogs })),
);
const prepare = () => void import("#components/keys/key-dialogs").catch(() => {});

type ApiKeysProps = {
  viewer: Viewer;
  publicUrl: string;
  /** The names in use. */
  names: string[];
  text: KeysText;
  lead?: Elements;
  /** The list, rendered by the server. */
  children: Elements;
};

/** The API Keys section: the actions, around the list as the server last rendered it. */
export function ApiKeys({ viewer, publicUrl, names, text, lead, children }: ApiKeysProps) {
  const [open, setOpen] = useState<OpenDialog>();
  const [isOpening, startOpening] = useTransition();
  const [selected, setSelected] = useState<ReadonlyMap<string, ApiKey>>(new Map());
  const [renamed, setRenamed] = useState<string>();
  const [message, setMessage] = useState<ToastMessage>();
  const section = useRef<HTMLElement>(null);

  const show = (dialog: OpenDialog) => startOpening(() => setOpen(dialog));
  const rename = (keyId: string | undefined) => {
    flushSync(() => setRenamed(keyId));
    // When renaming ends, the focus returns to the button that started it.
    if (!keyId) section.current?.querySelector<HTMLElement>(`[data-rename="${renamed}"]`)?.focus();
  };
  const select = (key: ApiKey) =>
    setSelected((before) => {
      const after = new Map(before);
      if (!after.delete(key.id)) after.set(key.id, key);
      return after;
    });

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (section.current) runShortcut(event, section.current, show);
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);

  return (
    <KeyActionsContext value={{ text, names, renamed, rename, selected, show, select, prepare, say: setMessage }}>
      <section ref={section} aria-labelledby="api-keys" className="rounded-card border border-line bg-surface">
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-4 p-4 sm:px-6 sm:py-5">
          <div className="min-w-0 flex-1 basis-64">
            <h2 id="api-keys" className="text-head font-semibold">
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
        {lead}
        {children}
        <Suspense>
          {/* The live region exists before the first message, so that screen readers announce it. */}
          {(open || selected.size > 0 || renamed || message) && (
            <KeyDialogs
              open={open}
              selected={[...selected.values()]}
              viewer={viewer}
              publicUrl={publicUrl}
              names={names}
              text={text}
              onClose={() => setOpen(undefined)}
              onClear={() => setSelected(new Map())}
              message={message}
              onSay={setMessage}
            />
          )}
        </Suspense>
      </section>
    </KeyActionsContext>
  );
}
