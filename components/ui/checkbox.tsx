import type { ReactNode } from "react";

type CheckboxProps = { isChecked: boolean; onChange: (isChecked: boolean) => void; children: ReactNode };

/** A checkbox with a clickable label. */
export function Checkbox({ isChecked, onChange, children }: CheckboxProps) {
  return (
    <label className="inline-flex min-h-11 items-center gap-2.5 py-1 mouse:min-h-9">
      <input
        type="checkbox"
        checked={isChecked}
        onChange={(event) => onChange(event.target.checked)}
        className="size-4.5 shrink-0 accent-ink"
      />
      <span className="min-w-0">{children}</span>
    </label>
  );
}
