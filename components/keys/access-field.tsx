"use client";

import type { KeyOptions } from "#components/keys/key-options";
import { Checkbox } from "#components/ui/checkbox";
import { RadioField } from "#components/ui/radio-field";
import type { Messages } from "#lib/i18n/schema";
import { SCOPES } from "#lib/keys/shape";

const CHOICES = ["full", "read", "custom"] as const;

type AccessFieldProps = {
  options: KeyOptions;
  error: string | undefined;
  text: Messages["keyOptions"];
  onChange: (changed: Partial<KeyOptions>) => void;
};

/** What the key may do: everything, only reading, or selected scopes. */
export function AccessField({ options: { access, scopes }, error, text, onChange }: AccessFieldProps) {
  return (
    <div>
      <RadioField
        legend={text.access}
        choices={CHOICES.map((choice) => ({ value: choice, label: text[choice] }))}
        value={access}
        onChange={(choice) => onChange({ access: choice })}
      />
      {access === "custom" && (
        <fieldset aria-label={text.scopes} className="mt-2 flex flex-wrap gap-x-6">
          {SCOPES.map((scope) => (
            <Checkbox
              key={scope}
              isChecked={scopes.includes(scope)}
              onChange={(isChecked) =>
                onChange({ scopes: isChecked ? [...scopes, scope] : scopes.filter((other) => other !== scope) })
              }
            >
              <code translate="no" className="font-mono text-small">
                {scope}
              </code>
            </Checkbox>
          ))}
        </fieldset>
      )}
      <p role="alert" className="text-small text-bad not-empty:mt-1.5">
        {error}
      </p>
      <p className="mt-1.5 text-small text-muted">{text.accessHelp[access]}</p>
    </div>
  );
}
