"use client";

import { useState } from "react";
import { type Answer, callApi } from "#components/console/call-api";
import { ProblemContent } from "#components/console/problem-note";
import { Button, buttonClass } from "#components/ui/button";
import type { ToastMessage } from "#components/ui/toast";
import { describeDelivery } from "#components/webhooks/describe-delivery";
import { toHost } from "#components/webhooks/to-host";
import type { OpenDialog } from "#components/webhooks/webhook-dialogs";
import type { WebhooksText } from "#components/webhooks/webhooks-text";
import { fill } from "#lib/i18n/schema";
import type { Delivery, Webhook } from "#lib/webhooks/schema";

type WebhookActionsProps = {
  webhook: Webhook;
  mayChange: boolean;
  text: WebhooksText;
  onNear: () => void;
  onShow: (dialog: OpenDialog) => void;
  onSay: (message: ToastMessage) => void;
};

/** The actions of a webhook. Each button's accessible name includes the host. */
export function WebhookActions({ webhook, mayChange, text, onNear, onShow, onSay }: WebhookActionsProps) {
  const [busy, setBusy] = useState<"test" | "toggle">();
  const words = text.webhooks;
  const path = `/api/webhooks/${webhook.id}`;
  const host = toHost(webhook);

  const run = async <Data,>(
    what: "test" | "toggle",
    call: Promise<Answer<Data>>,
    toMessage: (data: Data) => ToastMessage,
  ) => {
    setBusy(what);
    const { data, problem } = await call;
    setBusy(undefined);
    onSay(problem ? { look: "bad", content: <ProblemContent problem={problem} text={text} /> } : toMessage(data));
  };
  const test = () =>
    run("test", callApi<Delivery>("POST", `${path}/test`), (delivery) => describeDelivery(delivery, text));
  const toggle = () =>
    run("toggle", callApi<Webhook>("PATCH", path, { body: { is_active: !webhook.is_active } }), ({ is_active }) => ({
      look: "good",
      content: fill(is_active ? words.wasEnabled : words.wasDisabled, { host }),
    }));

  const dialogs = [
    { name: words.change, dialog: "change" },
    { name: words.newSecret, dialog: "rotate" },
    { name: words.delete, dialog: "delete" },
  ] as const;
  return (
    <>
      {mayChange && webhook.is_active && (
        <Button look="quiet" isBusy={busy === "test"} aria-label={`${words.test} ${host}`} onClick={() => void test()}>
          {busy === "test" ? words.sending : words.test}
        </Button>
      )}
      <a
        href={`/settings/webhooks/${webhook.id}`}
        aria-label={`${words.deliveries} ${host}`}
        className={buttonClass("quiet")}
      >
        {words.deliveries}
      </a>
      {mayChange && (
        <Toggle isActive={webhook.is_active} isBusy={busy === "toggle"} host={host} text={text} onPress={toggle} />
      )}
      {mayChange &&
        dialogs.map(({ name, dialog }) => (
          <Button
            key={dialog}
            look={dialog === "delete" ? "quietDanger" : "quiet"}
            aria-label={`${name} ${host}`}
            onClick={() => onShow({ dialog, webhook })}
            onPointerEnter={onNear}
            onFocus={onNear}
          >
            {name}
          </Button>
        ))}
    </>
  );
}

type ToggleProps = {
  isActive: boolean;
  isBusy: boolean;
  host: string;
  text: WebhooksText;
  onPress: () => Promise<void>;
};

function Toggle({ isActive, isBusy, host, text, onPress }: ToggleProps) {
  const name = isActive ? text.webhooks.disable : text.webhooks.enable;
  return (
    <Button look="quiet" isBusy={isBusy} aria-label={`${name} ${host}`} onClick={() => void onPress()}>
      {name}
    </Button>
  );
}
