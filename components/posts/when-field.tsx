"use client";

import { type Draft, toMoment } from "#components/posts/draft";
import { Field } from "#components/ui/field";
import { findMoments, type Moments } from "#components/ui/find-moments";
import { toLocalTime } from "#components/ui/format-time";
import { INPUT } from "#components/ui/input-class";
import { Notice } from "#components/ui/notice";
import { RadioField } from "#components/ui/radio-field";
import { findReaderZone } from "#components/ui/reader-zone";
import { fill, type Messages } from "#lib/i18n/schema";

type WhenFieldProps = {
  draft: Draft;
  error: string | undefined;
  text: Messages["compose"];
  onChange: (draft: Draft) => void;
};

/** Now, or a time in the reader's zone, which is named. The resulting moment is shown before sending. */
export function WhenField({ draft, error, text, onChange }: WhenFieldProps) {
  const { isLater, at } = draft;
  const moment = toMoment(draft);
  const unknown = at !== "" && !moment ? text.noSuchTime : undefined;
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
        <>
          <Field label={text.time} error={unknown ?? error} help={fill(text.zone, { zone: toZone(moment) })}>
            {(aria) => (
              <input
                {...aria}
                type="datetime-local"
                min={toField(new Date())}
                max="9999-12-31T23:59"
                value={at}
                onChange={(event) => onChange({ ...draft, at: event.target.value, isSecond: false })}
                className={INPUT}
              />
            )}
          </Field>
          <Meaning draft={draft} moments={moment && findMoments(at)} text={text} onChange={onChange} />
        </>
      )}
    </div>
  );
}

type MeaningProps = Omit<WhenFieldProps, "error"> & { moments: Moments | undefined };

function Meaning({ draft, moments, text, onChange }: MeaningProps) {
  const time = draft.at.slice(11, 16);
  return (
    <div role="status">
      {moments?.kind === "never" && (
        <Notice look="warn">{fill(text.skipped, { time, moment: toLocalTime(moments.at.toISOString()) })}</Notice>
      )}
      {moments?.kind === "twice" && (
        <RadioField
          legend={fill(text.twice, { time })}
          choices={[
            { value: "first", label: fill(text.first, { zone: toOffset(moments.at) }) },
            { value: "second", label: fill(text.second, { zone: toOffset(moments.again) }) },
          ]}
          value={draft.isSecond ? "second" : "first"}
          onChange={(value) => onChange({ ...draft, isSecond: value === "second" })}
        />
      )}
    </div>
  );
}

// The zone's UTC offset at that time, which may differ from today's.
function toZone(moment = new Date()): string {
  const zone = findReaderZone() ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return `${zone}, ${toOffset(moment)}`;
}

function toOffset(moment: Date): string {
  return toLocalTime(moment.toISOString()).slice(20);
}

function toField(date: Date): string {
  return toLocalTime(date.toISOString()).slice(0, 16).replace(" ", "T");
}
