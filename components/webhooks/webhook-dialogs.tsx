"use client";

import { useState } from "react";
import { Dialog } from "#components/ui/dialog";
import { ConfirmStep } from "#components/webhooks/confirm-step";
import { SecretStep } from "#components/webhooks/secret-step";
import { toHost } from "#components/webhooks/to-host";
import { WebhookForm } from "#components/webhooks/webhook-form";
import type { WebhooksText } from "#components/webhooks/webhooks-text";
import { fill, type Messages } from "#lib/i18n/schema";
import type { Webhook, WebhookWithSecret } from "#lib/webhooks/schema";

/** The open dialog and its webhook. */
export type OpenDialog = { dialog: "add" } | { dialog: "change" | "rotate" | "delete"; webhook: Webhook };

type WebhookDialogsProps = {
  open: OpenDialog;
  text: WebhooksText;
  onClose: () => void;
  onDone: (said: string) => void;
};

/** The dialogs of the page, which are loaded on demand. A new secret exists only here. */
export function WebhookDialogs({ open, text, onClose, onDone }: WebhookDialogsProps) {
  const [made, setMade] = useState<WebhookWithSecret>();
  const words = text.webhooks;
  const sayDone = (sentence: string, webhook: Webhook) => onDone(fill(sentence, { host: toHost(webhook) }));

  if (made) {
    const done = open.dialog === "add" ? words.wasAdded : words.wasRotated;
    return <SecretStep secret={made.secret} text={text} onClose={() => sayDone(done, made)} />;
  }
  return (
    <Dialog
      title={toTitle(open, words)}
      closeLabel={text.dialog.close}
      onDismiss={onClose}
      describedBy={open.dialog === "rotate" || open.dialog === "delete" ? "webhook-consequence" : undefined}
    >
      {open.dialog === "add" && <WebhookForm text={text} onAdded={setMade} onCancel={onClose} />}
      {open.dialog === "change" && (
        <WebhookForm
          webhook={open.webhook}
          text={text}
          onChanged={(webhook) => sayDone(words.wasChanged, webhook)}
          onCancel={onClose}
        />
      )}
      {open.dialog === "rotate" && (
        <ConfirmStep<WebhookWithSecret>
          call={{ method: "POST", path: `/api/webhooks/${open.webhook.id}/rotate-secret` }}
          {...{ look: "primary", lead: words.rotating.lead, name: words.rotating.rotate, text }}
          onDone={setMade}
          onCancel={onClose}
        />
      )}
      {open.dialog === "delete" && (
        <ConfirmStep
          call={{ method: "DELETE", path: `/api/webhooks/${open.webhook.id}` }}
          {...{ look: "danger", lead: words.deleting.lead, name: words.delete, text }}
          onDone={() => sayDone(words.wasDeleted, open.webhook)}
          onCancel={onClose}
        />
      )}
    </Dialog>
  );
}

function toTitle(open: OpenDialog, { form, rotating, deleting }: Messages["webhooks"]): string {
  if (open.dialog === "add") return form.addTitle;
  const title = { change: form.changeTitle, rotate: rotating.title, delete: deleting.title }[open.dialog];
  return fill(title, { host: toHost(open.webhook) });
}
