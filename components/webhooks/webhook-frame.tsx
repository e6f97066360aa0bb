import type { Elements } from "#components/ui/elements";
import { toHost } from "#components/webhooks/to-host";
import { WebhookState } from "#components/webhooks/webhook-state";
import type { Messages } from "#lib/i18n/schema";
import type { Webhook } from "#lib/webhooks/schema";

type WebhookFrameProps = { webhook: Webhook; text: Messages["webhooks"]; children: Elements };

/** A webhook's address and status, above the rest of its page. */
export function WebhookFrame({ webhook, text, children }: WebhookFrameProps) {
  return (
    <>
      <a
        href="/settings/webhooks"
        className="-mx-2 mb-2 inline-flex min-h-11 items-center rounded-control px-2 text-muted hover:bg-sunken hover:text-ink mouse:min-h-9"
      >
        <span aria-hidden="true" className="mr-1.5">
          ←
        </span>
        <span>{text.back}</span>
      </a>
      <div className="mb-6">
        <h1 className="text-title font-semibold tracking-tight wrap-anywhere">
          <span translate="no">{toHost(webhook)}</span>
        </h1>
        <div className="mt-1 flex flex-wrap items-center gap-x-4 text-muted">
          <code translate="no" className="font-mono text-small wrap-anywhere">
            {webhook.url}
          </code>
          <WebhookState isActive={webhook.is_active} text={text} />
        </div>
      </div>
      {children}
    </>
  );
}
