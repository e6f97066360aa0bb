"use client";

import { type SubmitEvent, useState } from "react";
import { callApi, type Problem } from "#components/console/call-api";
import { describeField } from "#components/console/describe-problem";
import { ProblemNote } from "#components/console/problem-note";
import { useInOrganization } from "#components/organizations/organization-scope";
import { Button } from "#components/ui/button";
import { Field } from "#components/ui/field";
import { INPUT } from "#components/ui/input-class";
import { EventsField } from "#components/webhooks/events-field";
import type { WebhooksText } from "#components/webhooks/webhooks-text";
import { WEBHOOK_EVENTS, type Webhook, type WebhookEvent, type WebhookWithSecret } from "#lib/webhooks/schema";

type WebhookFormProps = { text: WebhooksText; onCancel: () => void } & (
  | { webhook?: undefined; onAdded: (made: WebhookWithSecret) => void }
  | { webhook: Webhook; onChanged: (changed: Webhook) => void }
);

/** Asks for a new webhook's address and events, or for the new events of an existing one. */
export function WebhookForm(props: WebhookFormProps) {
  const { webhook, text, onCancel } = props;
  const words = text.webhooks.form;
  const [url, setUrl] = useState("");
  const [events, setEvents] = useState<WebhookEvent[]>(webhook?.events ?? [...WEBHOOK_EVENTS]);
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const path = useInOrganization()("/api/webhooks");
  const urlError = describeField(problem, "url");
  const eventsError = describeField(problem, "events");

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (isBusy) return;
    setIsBusy(true);
    setProblem(await (props.webhook ? change(props, events) : add(path, props, { url, events })));
    setIsBusy(false);
  };

  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="space-y-5">
      {!webhook && (
        <Field label={words.address} help={words.addressHelp} error={urlError}>
          {(aria) => (
            <input
              {...aria}
              type="url"
              dir="ltr"
              inputMode="url"
              value={url}
              placeholder="https://example.com/hooks/boring"
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setUrl(event.target.value)}
              data-autofocus
              className={`${INPUT} w-full`}
            />
          )}
        </Field>
      )}
      <EventsField events={events} error={eventsError} text={text.webhooks} onChange={setEvents} />
      <ProblemNote problem={urlError || eventsError ? undefined : problem} text={text} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button look="quiet" onClick={onCancel}>
          {words.cancel}
        </Button>
        <Button look="primary" type="submit" isBusy={isBusy}>
          {isBusy ? words.saving : webhook ? words.save : words.add}
        </Button>
      </div>
    </form>
  );
}

async function add(
  path: string,
  { onAdded }: { onAdded: (made: WebhookWithSecret) => void },
  body: { url: string; events: WebhookEvent[] },
): Promise<Problem | undefined> {
  const { data, problem } = await callApi<WebhookWithSecret>("POST", path, { body });
  if (data) onAdded(data);
  return problem;
}

async function change(
  { webhook, onChanged }: { webhook: Webhook; onChanged: (changed: Webhook) => void },
  events: WebhookEvent[],
): Promise<Problem | undefined> {
  const { data, problem } = await callApi<Webhook>("PATCH", `/api/webhooks/${webhook.id}`, { body: { events } });
  if (data) onChanged(data);
  return problem;
}
