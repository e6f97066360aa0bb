"use client";

import { type ReactNode, useId } from "react";
import type { Elements } from "#components/ui/elements";

type Aria = { id: string; "aria-invalid": boolean; "aria-describedby": string };

type FieldProps = {
  label: string;
  help?: ReactNode;
  error: string | undefined;
  children: (aria: Aria) => Elements;
};

/** A labelled input with its help text. An error is announced when it appears. */
export function Field({ label, help, error, children }: FieldProps) {
  const id = useId();
  const aria = { id, "aria-invalid": error !== undefined, "aria-describedby": `${id}-help ${id}-error` };
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block font-medium">
        {label}
      </label>
      {children(aria)}
      <p id={`${id}-error`} role="alert" className="text-small text-bad not-empty:mt-1.5">
        {error}
      </p>
      <div id={`${id}-help`} className="text-small text-muted not-empty:mt-1.5">
        {help}
      </div>
    </div>
  );
}
