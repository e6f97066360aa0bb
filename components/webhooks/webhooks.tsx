"use client";

import { useRouter } from "next/navigation";
import { lazy, Suspense, useState, useTransition } from "react";
import { Button } from "#components/ui/button";
import { WithCode } from "#components/ui/code";
import { Toast, type ToastMessage } from "#components/ui/toast";
import { WebhookActions } from "#components/webhooks/webhook-actions";
import { WebhookCard } from "#components/webhooks/webhook-card";
import type { OpenDialog } from "#components/webhooks/webhook-dialogs";
import type { WebhooksText } from "#components/webhooks/webhooks-text";
import type { Webhook } from "#lib/webhooks/schema";

// Most visits only read the page, so dialogs load when the pointer or the focus comes near their button.
const WebhookDialogs = lazy(() =>
  import("#components/webhooks/webhook-dialogs").then(({ WebhookDialogs }) => ({ default: WebhookDialogs })),
);
const prepare = () => void import("#components/webhooks/webhook-dialogs").catch(() => {});

type WebhooksProps = { webhooks: Webhook[]; mayChange: boolean; text: WebhooksText };

/** The organization's webhooks, with all actions that the reader may use. */
export function Webhooks({ webhooks, mayChange, text }: WebhooksProps) {
  const router = useRouter();
  const [open, setOpen] = useState<OpenDialog>();
  const [isOpening, startOpening] = useTransition();
  const [toast, setToast] = useState<ToastMessage>();
  const words = text.webhooks;

  const show = (dialog: OpenDialog) => {
    setToast(undefined);
    startOpening(() => setOpen(dialog));
  };
  const say = (message: ToastMessage) => {
    setToast(message);
    router.refresh();
  };
  const finish = (content: string) => {
    setOpen(undefined);
    say({ look: "good", content });
  };
  return (
    <>
      <div className="mb-8 flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
        <div className="min-w-0 flex-1 basis-64">
          <h1 className="text-title font-semibold tracking-tight">{words.title}</h1>
          <p className="mt-1 text-muted">{words.lead}</p>
        </div>
        {mayChange && (
          <Button
            look="primary"
            isBusy={isOpening}
            onClick={() => show({ dialog: "add" })}
            onPointerEnter={prepare}
            onFocus={prepare}
            className="max-sm:w-full"
          >
            {words.add}
          </Button>
        )}
      </div>
      {webhooks.length === 0 ? (
        <div className="rounded-card border border-line px-6 py-10 text-center">
          <p className="font-medium">{words.emptyTitle}</p>
          <p className="mx-auto mt-1 max-w-md text-muted">{mayChange ? words.emptyLead : words.adminsAdd}</p>
        </div>
      ) : (
        <ul className="space-y-4">
          {webhooks.map((webhook) => (
            <WebhookCard key={webhook.id} webhook={webhook} text={words}>
              <WebhookActions
                webhook={webhook}
                mayChange={mayChange}
                text={text}
                onNear={prepare}
                onShow={show}
                onSay={say}
              />
            </WebhookCard>
          ))}
        </ul>
      )}
      <p className="mt-6 max-w-3xl text-small text-muted">
        <WithCode>{words.verify}</WithCode>
      </p>
      <Suspense>
        {open && <WebhookDialogs open={open} text={text} onClose={() => setOpen(undefined)} onDone={finish} />}
      </Suspense>
      <Toast message={toast} dismissLabel={text.problem.dismiss} onDismiss={() => setToast(undefined)} />
    </>
  );
}
