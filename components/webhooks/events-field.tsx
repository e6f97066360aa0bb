import { Checkbox } from "#components/ui/checkbox";
import { eventName } from "#components/webhooks/event-name";
import type { Messages } from "#lib/i18n/schema";
import { WEBHOOK_EVENTS, type WebhookEvent } from "#lib/webhooks/schema";

type EventsFieldProps = {
  events: WebhookEvent[];
  error: string | undefined;
  text: Messages["webhooks"];
  onChange: (events: WebhookEvent[]) => void;
};

/** The events that a webhook receives, each with its name in the API. */
export function EventsField({ events, error, text, onChange }: EventsFieldProps) {
  const toggle = (event: WebhookEvent) =>
    onChange(WEBHOOK_EVENTS.filter((other) => (other === event ? !events.includes(other) : events.includes(other))));
  return (
    <fieldset>
      <legend className="mb-1 font-medium">{text.form.events}</legend>
      {WEBHOOK_EVENTS.map((event) => (
        <div key={event}>
          <Checkbox isChecked={events.includes(event)} onChange={() => toggle(event)}>
            <span className="mr-1">{eventName(event, text)}</span>
            <code translate="no" className="font-mono text-small text-muted">
              {event}
            </code>
          </Checkbox>
        </div>
      ))}
      <p role="alert" className="text-small text-bad not-empty:mt-1.5">
        {error}
      </p>
    </fieldset>
  );
}
