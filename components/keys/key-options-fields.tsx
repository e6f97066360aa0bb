"use client";

import type { Problem } from "#components/console/call-api";
import { describeField } from "#components/console/describe-problem";
import { AccessField } from "#components/keys/access-field";
import { AddressesField } from "#components/keys/addresses-field";
import { ExpiryField } from "#components/keys/expiry-field";
import type { KeyOptions } from "#components/keys/key-options";
import type { KeysText } from "#components/keys/keys-text";
import { Field } from "#components/ui/field";
import { INPUT } from "#components/ui/input-class";
import { fill } from "#lib/i18n/schema";

/** Facts from the server that the fields use for suggestions. */
export type Viewer = {
  /** The address of the reader's requests, when known. */
  address: string | null;
  /** The installation's limit of requests a minute for a key. */
  mostPerMinute: number;
};

type KeyOptionsFieldsProps = {
  options: KeyOptions;
  problem: Problem | undefined;
  viewer: Viewer;
  text: KeysText;
  onChange: (options: KeyOptions) => void;
};

/** All options of a key except its name. The server decides whether they are valid. */
export function KeyOptionsFields(props: KeyOptionsFieldsProps) {
  const { options, problem, viewer, text, onChange } = props;
  const errorOf = (field: string) => describeField(problem, field);
  const words = text.keyOptions;
  const change = (changed: Partial<KeyOptions>) => onChange({ ...options, ...changed });
  return (
    <div className="space-y-6">
      <Field label={words.note} help={words.noteHelp} error={errorOf("note")}>
        {(aria) => (
          <input
            {...aria}
            dir="auto"
            value={options.note}
            onChange={(event) => change({ note: event.target.value })}
            autoComplete="off"
            className={`${INPUT} w-full`}
          />
        )}
      </Field>
      <ExpiryField options={options} error={errorOf("expires_at")} text={words} onChange={change} />
      <AccessField options={options} error={errorOf("scopes")} text={words} onChange={change} />
      <AddressesField
        value={options.addresses}
        problem={problem}
        viewerAddress={viewer.address}
        text={text}
        onChange={(addresses) => change({ addresses })}
      />
      <Field
        label={words.limit}
        help={fill(words.limitHelp, { count: viewer.mostPerMinute })}
        error={errorOf("rate_limit_per_minute")}
      >
        {(aria) => (
          <input
            {...aria}
            dir="ltr"
            value={options.limit}
            onChange={(event) => change({ limit: event.target.value })}
            inputMode="numeric"
            autoComplete="off"
            placeholder={`${viewer.mostPerMinute}`}
            className={`${INPUT} w-40`}
          />
        )}
      </Field>
    </div>
  );
}
