"use client";

import { useRef, useState } from "react";
import { useSecretGuard } from "#components/keys/use-secret-guard";
import { Button } from "#components/ui/button";
import { Code } from "#components/ui/code";
import { CopyButton } from "#components/ui/copy-button";
import { Dialog } from "#components/ui/dialog";
import { Notice } from "#components/ui/notice";
import type { WebhooksText } from "#components/webhooks/webhooks-text";

type SecretStepProps = { secret: string; text: WebhooksText; onClose: () => void };

/** Shows a signing secret once. Until it is copied or saved, the first attempt to leave shows a question. */
export function SecretStep({ secret, text, onClose }: SecretStepProps) {
  const [isSaved, setIsSaved] = useState(false);
  const [isLeaving, setIsLeaving] = useState(false);
  const source = useRef<HTMLPreElement>(null);
  useSecretGuard(isSaved, () => setIsLeaving(true), onClose);
  const words = text.webhooks.secret;

  const leave = () => (isSaved || isLeaving ? onClose() : setIsLeaving(true));
  return (
    <Dialog title={words.title} closeLabel={text.dialog.close} onDismiss={leave} describedBy="webhook-secret-warning">
      <Notice look="warn" id="webhook-secret-warning">
        {words.warning}
      </Notice>
      <p className="mt-4">{words.lead}</p>
      <p className="mt-4 mb-1.5 font-medium">{words.label}</p>
      <Code ref={source}>{secret}</Code>
      <div className="mt-2">
        <CopyButton
          label={words.copy}
          value={secret}
          source={source}
          text={text.copy}
          look="primary"
          onCopied={() => setIsSaved(true)}
        />
      </div>
      <div role="alert">
        {isLeaving && !isSaved && (
          <Notice look="warn" className="mt-4">
            {words.leaving}
          </Notice>
        )}
      </div>
      <div className="mt-6 flex justify-end">
        <Button onClick={onClose}>{words.saved}</Button>
      </div>
    </Dialog>
  );
}
