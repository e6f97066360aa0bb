"use client";

import type { KeyOptions } from "#components/keys/key-options";
import { Field } from "#components/ui/field";
import { findEndOfDay } from "#components/ui/find-moments";
import { toLocalTime } from "#components/ui/format-time";
import { INPUT } from "#components/ui/input-class";
import { fill, type Messages } from "#lib/i18n/schema";

const DAYS = ["7", "30", "60", "90"] as const;

type ExpiryFieldProps = {
  options: KeyOptions;
  error: string | undefined;
  text: Messages["keyOptions"];
  onChange: (changed: Partial<KeyOptions>) => void;
};

/** When the key expires. */
export function ExpiryField({ options, error, text, onChange }: ExpiryFieldProps) {
  const { date } = options;
  const end = findEndOfDay(date);
  const help = `${text.expiryHelp} ${end ? fill(text.expiryUntil, { moment: toLocalTime(end.toISOString()) }) : ""}`;
  const isDay = options.expiry === "date";
  const unknown = isDay && date !== "" && !end ? text.noSuchDay : undefined;
  return (
    <Field label={text.expiry} help={isDay ? help : undefined} error={unknown ?? error}>
      {({ id, ...aria }) => (
        <div className="flex flex-wrap gap-2">
          <select
            id={id}
            {...aria}
            value={options.expiry}
            onChange={(event) => onChange({ expiry: event.target.value as KeyOptions["expiry"] })}
            className={`${INPUT} pr-8`}
          >
            <option value="never">{text.never}</option>
            {DAYS.map((days) => (
              <option key={days} value={days}>
                {fill(text.inDays, { days })}
              </option>
            ))}
            <option value="date">{text.onDate}</option>
          </select>
          {isDay && (
            <input
              {...aria}
              type="date"
              aria-label={text.date}
              max="9999-12-31"
              value={date}
              onChange={(event) => onChange({ date: event.target.value })}
              className={INPUT}
            />
          )}
        </div>
      )}
    </Field>
  );
}
