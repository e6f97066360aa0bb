import { type ReactNode, useId } from "react";
import { eventName } from "#components/webhooks/event-name";
import { toHost } from "#components/webhooks/to-host";
import { WebhookState } from "#components/webhooks/webhook-state";
import type { Messages } from "#lib/i18n/schema";
import type { Webhook } from "#lib/webhooks/schema";

type WebhookCardProps = { webhook: Webhook; text: Messages["webhooks"]; children: ReactNode };

/** One webhook: its address, its status and its events. */
export function WebhookCard({ webhook, text, children }: WebhookCardProps) {
  const titleId = useId();
  const { url, events, is_active: isActive } = webhook;
  return (
    <li aria-labelledby={titleId} className="space-y-3 rounded-card border border-line bg-surface p-4 sm:px-6 sm:py-5">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="min-w-0">
          <h2 id={titleId} className="text-head font-semibold wrap-anywhere">
            <span translate="no">{toHost(webhook)}</span>
          </h2>
          <code translate="no" className="font-mono text-small wrap-anywhere text-muted">
            {url}
          </code>
        </div>
        <WebhookState isActive={isActive} text={text} />
      </div>
      {!isActive && <p className="text-muted">{text.disabledLead}</p>}
      <ul aria-label={text.form.events} className="flex flex-wrap gap-x-2 gap-y-1.5">
        {events.map((event) => (
          <li key={event} className="rounded-full bg-sunken px-2.5 py-0.5 text-small">
            {eventName(event, text)}
          </li>
        ))}
      </ul>
      <div className="-mx-3.5 flex flex-wrap gap-y-1">{children}</div>
    </li>
  );
}
