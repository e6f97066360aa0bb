"use client";

import { useId } from "react";
import type { Elements } from "#components/ui/elements";

type ChoiceCardsProps<Value extends string> = {
  legend: string;
  /** Stands between the question and the choices. */
  children?: Elements;
  choices: { value: Value; label: string; lead: string; isRisky?: boolean }[];
  /** Undefined: none is chosen yet. */
  value: Value | undefined;
  error?: string | undefined;
  onChange: (value: Value) => void;
};

/** Choices below each other, each with its consequence. None has to be chosen in advance. */
export function ChoiceCards<Value extends string>(props: ChoiceCardsProps<Value>) {
  const { legend, children, choices, value, error, onChange } = props;
  const id = useId();
  return (
    <fieldset aria-describedby={`${id}-error`}>
      <legend className="font-medium">{legend}</legend>
      {children}
      <div className="mt-3 space-y-2">
        {choices.map((choice) => (
          <label
            key={choice.value}
            className="flex items-start gap-3 rounded-control border border-edge/60 px-3.5 py-2.5 hover:bg-sunken has-checked:border-ink has-checked:bg-sunken has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name={id}
              checked={choice.value === value}
              onChange={() => onChange(choice.value)}
              aria-labelledby={`${id}-${choice.value}-label`}
              aria-describedby={`${id}-${choice.value}`}
              className="mt-1 size-4.5 shrink-0 accent-ink"
            />
            <span className="min-w-0">
              <span id={`${id}-${choice.value}-label`} className="block font-medium">
                {choice.label}
              </span>
              <span
                id={`${id}-${choice.value}`}
                className={`block text-small ${choice.isRisky ? "text-warn" : "text-muted"}`}
              >
                {choice.lead}
              </span>
            </span>
          </label>
        ))}
      </div>
      <p id={`${id}-error`} role="alert" className="text-small text-bad not-empty:mt-1.5">
        {error}
      </p>
    </fieldset>
  );
}
