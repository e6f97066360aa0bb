"use client";

import { useId, useRef } from "react";
import { Button } from "#components/ui/button";
import type { Messages } from "#lib/i18n/schema";

const SUGGESTIONS = ["Production Server", "Development", "Mobile App", "QA Testing"];
const VAGUE =
  /^(my|new|the|a|some)?\s*(api)?\s*(keys?|test(ing)?|temp|tmp|foo|abc|untitled|金鑰|測試)\s*[-_#]?\s*\d*$/i;

type NameFieldProps = {
  value: string;
  error: string | undefined;
  text: Messages["keyName"];
  withSuggestions?: boolean;
  /** The names of other keys. */
  names?: string[];
  onChange: (name: string) => void;
};

/** A key's name. The server decides whether it is valid. A name that will mean little later gets a gentle hint. */
export function NameField({ value, error, text, withSuggestions = false, names = [], onChange }: NameFieldProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const isVague = VAGUE.test(value.trim());

  const suggest = (name: string) => {
    onChange(name);
    input.current?.focus();
  };

  return (
    <div>
      <label htmlFor={id} className="block font-medium">
        {text.label}
      </label>
      <input
        ref={input}
        id={id}
        name="name"
        dir="auto"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        data-autofocus
        autoComplete="off"
        aria-invalid={error !== undefined}
        aria-describedby={`${id}-help ${id}-error`}
        className="mt-1.5 block min-h-11 w-full rounded-control border border-edge bg-surface px-3 text-input aria-invalid:border-bad"
      />
      <p id={`${id}-error`} role="alert" className="text-small text-bad not-empty:mt-1.5">
        {error}
      </p>
      <p id={`${id}-help`} className="mt-1.5 text-small text-muted">
        {text.help}
      </p>
      {withSuggestions && (
        <fieldset aria-label={text.suggestions} className="mt-3 flex flex-wrap gap-2">
          {SUGGESTIONS.map((name) => (
            <Button key={name} onClick={() => suggest(name)} className="text-small">
              {name}
            </Button>
          ))}
        </fieldset>
      )}
      <p role="status" className="text-small text-warn not-empty:mt-3">
        {names.includes(value.trim()) ? text.taken : isVague && text.vague}
      </p>
    </div>
  );
}
