import { Code } from "#components/ui/code";
import { Disclosure } from "#components/ui/disclosure";
import { ExactTime } from "#components/ui/exact-time";
import { toTimeAgo } from "#components/ui/to-time-ago";
import { DeliveryStatus } from "#components/webhooks/delivery-status";
import { describeAttempt } from "#components/webhooks/describe-delivery";
import { eventName } from "#components/webhooks/event-name";
import { ReplayButton } from "#components/webhooks/replay-button";
import type { WebhooksText } from "#components/webhooks/webhooks-text";
import { fill, type Locale } from "#lib/i18n/schema";
import type { Delivery, Webhook } from "#lib/webhooks/schema";

type DeliveryEntryProps = {
  webhook: Webhook;
  mayReplay: boolean;
  delivery: Delivery;
  locale: Locale;
  text: WebhooksText;
};

/** One delivery: its event and status, and on opening, the result of every attempt. */
export function DeliveryEntry({ webhook, mayReplay, delivery, locale, text }: DeliveryEntryProps) {
  const { event, status, created_at: createdAt, payload } = delivery;
  const { log } = text.webhooks;
  return (
    <li className="border-t border-line">
      <Disclosure
        title={
          <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-4 gap-y-0.5">
            <span className="min-w-0 flex-1 basis-56">
              <span className="mr-1">{eventName(event, text.webhooks)}</span>
              <code translate="no" className="font-mono text-small text-muted">
                {event}
              </code>
            </span>
            <DeliveryStatus status={status} text={log} />
            <span className="w-28 text-small text-muted">{toTimeAgo(createdAt, locale)}</span>
          </span>
        }
      >
        <Attempts delivery={delivery} text={text} />
        <div>
          <h3 className="mb-1.5 font-medium">{log.message}</h3>
          <Code>{JSON.stringify(payload, null, 2)}</Code>
          <p
            translate="no"
            className="mt-1.5 font-mono text-small wrap-anywhere text-muted"
          >{`webhook-id: ${delivery.id}`}</p>
        </div>
        {mayReplay && webhook.is_active && (
          <ReplayButton path={`/api/webhooks/${webhook.id}/deliveries/${delivery.id}/replay`} text={text} />
        )}
      </Disclosure>
    </li>
  );
}

function Attempts({ delivery: { attempts, next_attempt_at: next }, text }: { delivery: Delivery; text: WebhooksText }) {
  const { log } = text.webhooks;
  return (
    <div>
      <h3 className="mb-1 font-medium">{log.attempts}</h3>
      {attempts.length === 0 && <p className="text-muted">{log.untried}</p>}
      <ol>
        {attempts.map((attempt) => (
          <li key={attempt.number} className="flex flex-wrap items-baseline gap-x-4 py-0.5">
            <ExactTime at={attempt.at} hasTime />
            <span className="min-w-0">{describeAttempt(attempt, text)}</span>
            <span className="text-small text-muted tabular-nums">
              {fill(log.took, { count: attempt.milliseconds })}
            </span>
          </li>
        ))}
      </ol>
      {next && (
        <p className="mt-1 text-muted">
          <span className="mr-1">{log.next}</span>
          <ExactTime at={next} hasTime />
        </p>
      )}
    </div>
  );
}
