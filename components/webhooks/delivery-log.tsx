import { buttonClass } from "#components/ui/button";
import { DeliveryEntry } from "#components/webhooks/delivery-entry";
import { toWebhooksText } from "#components/webhooks/webhooks-text";
import { fill, type Locale, type Messages } from "#lib/i18n/schema";
import type { Delivery, Webhook } from "#lib/webhooks/schema";

type DeliveryLogProps = {
  webhook: Webhook;
  mayReplay: boolean;
  deliveries: Delivery[];
  count: number;
  page: number;
  pageSize: number;
  locale: Locale;
  text: Messages;
};

/** A webhook's past and pending deliveries, newest first, in pages. Each entry opens to show the result of every attempt. */
export function DeliveryLog({ webhook, mayReplay, deliveries, locale, text, ...pages }: DeliveryLogProps) {
  const { deliveries: title, log } = text.webhooks;
  return (
    <section aria-labelledby="deliveries" className="rounded-card border border-line bg-surface">
      <div className="p-4 sm:px-6 sm:py-5">
        <h2 id="deliveries" className="text-head font-semibold">
          {title}
        </h2>
        <p className="text-muted">{log.lead}</p>
      </div>
      {deliveries.length === 0 ? (
        <div className="border-t border-line px-6 py-12 text-center">
          <p className="font-medium">{log.emptyTitle}</p>
          <p className="mx-auto mt-1 max-w-sm text-muted">{log.emptyLead}</p>
        </div>
      ) : (
        <ul>
          {deliveries.map((delivery) => (
            <DeliveryEntry
              key={delivery.id}
              webhook={webhook}
              mayReplay={mayReplay}
              delivery={delivery}
              locale={locale}
              text={toWebhooksText(text)}
            />
          ))}
        </ul>
      )}
      <Pages {...pages} text={text.activity} />
    </section>
  );
}

type PagesProps = Pick<DeliveryLogProps, "count" | "page" | "pageSize"> & { text: Messages["activity"] };

function Pages({ count, page, pageSize, text }: PagesProps) {
  const last = Math.max(1, Math.ceil(count / pageSize));
  if (last === 1) return null;
  const range = { first: (page - 1) * pageSize + 1, last: Math.min(page * pageSize, count), count };
  return (
    <nav
      aria-label={text.pages}
      className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-t border-line px-4 py-3 sm:px-6"
    >
      <p className="text-small text-muted tabular-nums">{fill(text.range, range)}</p>
      <div className="flex gap-2">
        {page > 1 && (
          <a href={`?page=${page - 1}`} rel="prev" className={buttonClass()}>
            {text.newer}
          </a>
        )}
        {page < last && (
          <a href={`?page=${page + 1}`} rel="next" className={buttonClass()}>
            {text.older}
          </a>
        )}
      </div>
    </nav>
  );
}
