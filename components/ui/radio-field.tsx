"use client";

import { useId } from "react";

type RadioFieldProps<Value extends string> = {
  legend: string;
  choices: { value: Value; label: string }[];
  value: Value;
  onChange: (value: Value) => void;
};

/** A few choices side by side. Exactly one is selected. */
export function RadioField<Value extends string>({ legend, choices, value, onChange }: RadioFieldProps<Value>) {
  const name = useId();
  return (
    <fieldset>
      <legend className="font-medium">{legend}</legend>
      <div className="mt-1.5 grid grid-cols-2 gap-1 rounded-control bg-sunken p-1 sm:auto-cols-fr sm:grid-flow-col sm:grid-cols-none">
        {choices.map((choice) => (
          <label
            key={choice.value}
            className="flex min-h-11 items-center justify-center rounded-[0.375rem] px-2 text-center text-small text-muted has-checked:bg-surface has-checked:font-medium has-checked:text-ink has-checked:shadow-[0_0_0_1px_var(--color-edge)] has-focus-visible:outline-2 has-focus-visible:outline-accent mouse:min-h-8"
          >
            <input
              type="radio"
              name={name}
              checked={choice.value === value}
              onChange={() => onChange(choice.value)}
              className="sr-only"
            />
            <span>{choice.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
