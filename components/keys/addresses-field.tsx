"use client";

import type { Problem } from "#components/console/call-api";
import { describeField } from "#components/console/describe-problem";
import { toLines } from "#components/keys/key-options";
import type { KeysText } from "#components/keys/keys-text";
import { Button } from "#components/ui/button";
import { Field } from "#components/ui/field";
import { INPUT } from "#components/ui/input-class";
import { fill } from "#lib/i18n/schema";

type AddressesFieldProps = {
  value: string;
  problem: Problem | undefined;
  viewerAddress: string | null;
  text: KeysText;
  onChange: (value: string) => void;
};

/** The addresses from which the key may be used, one address or block a line. Each invalid line is named. */
export function AddressesField({ value, problem, viewerAddress, text, onChange }: AddressesFieldProps) {
  const lines = toLines(value);
  const words = text.keyOptions;
  const errors = lines.flatMap((line, index) => {
    const message = describeField(problem, `allowed_addresses.${index}`);
    return message ? [`${line}: ${message}`] : [];
  });
  const whole = describeField(problem, "allowed_addresses");
  const error = [...(whole ? [whole] : []), ...errors].join(" ") || undefined;
  const canAdd = viewerAddress !== null && !lines.includes(viewerAddress);
  return (
    <Field
      label={words.addresses}
      error={error}
      help={
        <>
          <p>{words.addressesHelp}</p>
          {canAdd && (
            <Button onClick={() => onChange([...lines, viewerAddress].join("\n"))} className="mt-2 text-small">
              {fill(words.addMine, { address: viewerAddress })}
            </Button>
          )}
        </>
      }
    >
      {(aria) => (
        <textarea
          {...aria}
          dir="ltr"
          value={value}
          onChange={(event) => onChange(event.target.value)}
          rows={Math.min(8, Math.max(2, lines.length + 1))}
          autoComplete="off"
          spellCheck={false}
          placeholder={words.anywhere}
          className={`${INPUT} w-full py-2 font-mono text-body`}
        />
      )}
    </Field>
  );
}
