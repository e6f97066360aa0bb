"use client";

import type { MediumDraft } from "#components/posts/draft";
import { Button } from "#components/ui/button";
import { Field } from "#components/ui/field";
import { INPUT } from "#components/ui/input-class";
import { fill, type Messages } from "#lib/i18n/schema";

type MediumFieldProps = {
  medium: MediumDraft;
  number: number;
  text: Messages["compose"];
  onChange: (medium: MediumDraft) => void;
  onRemove: () => void;
};

/** The address of a picture or video, and its alternative text. */
export function MediumField({ medium, number, text, onChange, onRemove }: MediumFieldProps) {
  return (
    <fieldset data-medium={medium.id} className="space-y-3 rounded-control bg-sunken p-3">
      <legend className="sr-only">{fill(text.medium, { number })}</legend>
      <Field label={text.mediumUrl} error={undefined}>
        {(aria) => (
          <input
            {...aria}
            type="url"
            dir="ltr"
            inputMode="url"
            autoComplete="off"
            placeholder="https://example.com/picture.jpg"
            value={medium.url}
            onChange={(event) => onChange({ ...medium, url: event.target.value })}
            className={`${INPUT} w-full`}
          />
        )}
      </Field>
      <Field label={text.mediumAlt} error={undefined} help={text.mediumAltHelp}>
        {(aria) => (
          <input
            {...aria}
            dir="auto"
            autoComplete="off"
            value={medium.alt}
            onChange={(event) => onChange({ ...medium, alt: event.target.value })}
            className={`${INPUT} w-full`}
          />
        )}
      </Field>
      <Button
        look="quietDanger"
        onClick={onRemove}
        aria-label={fill(text.removeMedium, { number })}
        className="-mx-3 -mb-2"
      >
        {text.remove}
      </Button>
    </fieldset>
  );
}
