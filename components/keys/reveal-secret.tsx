"use client";

import { useRef, useState } from "react";
import { CodeSamples } from "#components/keys/code-samples";
import { FirstRequest } from "#components/keys/first-request";
import type { KeysText } from "#components/keys/keys-text";
import { LeaveSecretDialog } from "#components/keys/leave-secret-dialog";
import { useSecretGuard } from "#components/keys/use-secret-guard";
import { Button } from "#components/ui/button";
import { Checkbox } from "#components/ui/checkbox";
import { CopyButton } from "#components/ui/copy-button";
import { Dialog } from "#components/ui/dialog";
import { Notice } from "#components/ui/notice";
import type { ApiKey } from "#lib/keys/schema";

type RevealSecretProps = {
  apiKey: ApiKey;
  secret: string;
  publicUrl: string;
  text: KeysText;
  onClose: () => void;
};

/** Shows the secret once: to copy it, confirm that it is saved, and try it. Until then, it cannot be closed by accident. */
export function RevealSecret({ apiKey, secret, publicUrl, text, onClose }: RevealSecretProps) {
  const [isSaved, setIsSaved] = useState(false);
  const [isInCode, setIsInCode] = useState(true);
  const [isLeaving, setIsLeaving] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  useSecretGuard(isSaved, () => setIsLeaving(true), onClose);

  const markSaved = () => setIsSaved(true);
  const leave = () => (isSaved ? onClose() : setIsLeaving(true));

  return (
    <Dialog
      title={text.secret.title}
      closeLabel={text.dialog.close}
      onDismiss={leave}
      describedBy="new-secret-warning"
      isWide
    >
      <Notice look="warn" id="new-secret-warning">
        {text.secret.warning}
      </Notice>
      <label htmlFor="new-secret" className="mt-4 block font-medium">
        {text.secret.label}
      </label>
      <div className="mt-1.5 flex flex-wrap gap-x-3 gap-y-2">
        <textarea
          ref={field}
          id="new-secret"
          dir="ltr"
          translate="no"
          readOnly
          value={secret}
          autoComplete="off"
          spellCheck={false}
          onCopy={({ currentTarget: { selectionStart, selectionEnd } }) => {
            if (selectionEnd - selectionStart === secret.length) markSaved();
          }}
          className="h-18 min-w-0 flex-1 basis-96 resize-none rounded-control border border-edge bg-sunken px-3 py-2.5 font-mono text-body break-all sm:h-12"
        />
        <CopyButton
          label={text.secret.copy}
          value={secret}
          source={field}
          text={text.copy}
          look="primary"
          statusClassName="absolute top-full left-0 pt-1 whitespace-nowrap sm:right-0 sm:left-auto"
          onCopied={markSaved}
        />
      </div>

      <h3 className="mt-8 font-semibold">{text.secret.tryTitle}</h3>
      <p className="mb-3 text-muted">
        <span className="mr-1">{text.secret.tryLead}</span>
        <a href="/docs/requests" target="_blank" rel="noreferrer" className="underline underline-offset-2">
          {text.secret.tryDocs}
        </a>
      </p>
      {/* The sender has the key. */}
      <FirstRequest keyId={apiKey.id} text={text.secret} onArrived={markSaved} />
      <CodeSamples
        publicUrl={publicUrl}
        secret={isInCode ? secret : undefined}
        text={text}
        onCopied={isInCode ? markSaved : undefined}
      />
      <Checkbox isChecked={!isInCode} onChange={(isChecked) => setIsInCode(!isChecked)}>
        {text.secret.fromEnvironment}
      </Checkbox>

      <div className="sticky -bottom-px -mx-5 mt-4 -mb-5 flex flex-wrap items-center justify-between gap-x-6 gap-y-1 border-t border-line bg-surface px-5 py-3 sm:-mx-6 sm:-mb-6 sm:px-6">
        <Checkbox isChecked={isSaved} onChange={setIsSaved}>
          {text.secret.saved}
        </Checkbox>
        <Button look={isSaved ? "primary" : "plain"} onClick={leave}>
          {text.secret.done}
        </Button>
      </div>
      {isLeaving && (
        <LeaveSecretDialog
          text={text.secret}
          closeLabel={text.dialog.close}
          onStay={() => setIsLeaving(false)}
          onLeave={onClose}
        />
      )}
    </Dialog>
  );
}
