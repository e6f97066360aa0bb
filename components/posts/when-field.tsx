"use client";

import type { Draft } from "#components/posts/draft";
import { Field } from "#components/ui/field";
import { toLocalTime } from "#components/ui/format-time";
import { INPUT } from "#components/ui/input-class";
import { RadioField } from "#components/ui/radio-field";
import { fill, type Messages } from "#lib/i18n/schema";

type WhenFieldProps = {
  draft: Draft;
  error: string | undefined;
  text: Messages["compose"];
  onChange: (draft: Draft) => void;
};

/** Now, or at a time in the reader's own zone, which is named. */
export function WhenField({ draft, error, text, onChange }: WhenFieldProps) {
  const { isLater, at } = draft;
  return (
    <div className="space-y-3">
      <RadioField
        legend={text.when}
        choices={[
          { value: "now", label: text.now },
          { value: "later", label: text.later },
        ]}
        value={isLater ? "later" : "now"}
        onChange={(value) => onChange({ ...draft, isLater: value === "later" })}
      />
      {isLater && (
        <Field label={text.time} error={error} help={fill(text.zone, { zone: toZone(at) })}>
          {(aria) => (
            <input
              {...aria}
              type="datetime-local"
              min={toField(new Date())}
              value={at}
              onChange={(event) => onChange({ ...draft, at: event.target.value })}
              className={INPUT}
            />
          )}
        </Field>
      )}
    </div>
  );
}

// The zone's distance from UTC is the one at that time, which need not be today's.
function toZone(at: string): string {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const moment = at === "" ? new Date() : new Date(at);
  return `${timeZone}, ${toLocalTime(moment.toISOString()).slice(20)}`;
}

function toField(date: Date): string {
  return toLocalTime(date.toISOString()).slice(0, 16).replace(" ", "T");
}
