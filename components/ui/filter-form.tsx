"use client";

import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useRef, useTransition } from "react";
import { buttonClass } from "#components/ui/button";
import type { Elements } from "#components/ui/elements";

/** The classes of filter fields. */
export const FILTER_FIELD =
  "block min-h-11 w-full min-w-0 rounded-control border border-edge bg-surface px-3 text-input mouse:min-h-9 mouse:text-body";

type FilterFieldProps = { id: string; name: string; isInline?: boolean; children: Elements };

/** A filter field below its label, or beside it where there is room. */
export function FilterField({ id, name, isInline = false, children }: FilterFieldProps) {
  return (
    <div className={`min-w-0 ${isInline ? "sm:flex sm:flex-1 sm:items-center sm:gap-2" : ""}`}>
      <label htmlFor={id} className="text-small whitespace-nowrap text-muted max-sm:mb-1 max-sm:block">
        {name}
      </label>
      {children}
    </div>
  );
}

type FilterFormProps = {
  /** The path of the filtered page, with a fragment if needed. */
  action: string;
  label: string;
  /** The current values. An empty field has the empty string. */
  values: Record<string, string>;
  /** The number of results, announced to those who do not see the list change. */
  found: string;
  /** The button's label, shown without JavaScript. */
  apply: string;
  className: string;
  clear?: Elements;
  children: Elements;
};

/**
 * A form that sets the page's address: at once when a field changes, or by its button without JavaScript. The focus stays in
 * the field, and going back restores the earlier values.
 */
export function FilterForm({ action, label, values, found, apply, className, clear, children }: FilterFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const router = useRouter();
  const [isBusy, startTransition] = useTransition();

  const show = () => {
    // A date that is half typed is not valid yet.
    if (!form.current?.checkValidity()) return;
    const given = [...new FormData(form.current)].filter((field): field is [string, string] => field[1] !== "");
    const [path = "", place] = action.split("#");
    const query = given.length > 0 ? `?${new URLSearchParams(given)}` : "";
    startTransition(() => router.push(`${path}${query}${place ? `#${place}` : ""}`, { scroll: false }));
  };

  const wasShown = useRef(false);
  const fillIn = useEffectEvent(() => {
    const fields = Object.entries(values).map(([name, value]) => ({ field: findField(form.current, name), value }));
    const odd = fields.filter(({ field, value }) => field && field.value !== value);
    // Choices made before hydration still count.
    if (odd.length > 0 && !wasShown.current) show();
    else for (const { field, value } of odd) Object.assign(field ?? {}, { value });
    wasShown.current = true;
  });
  const address = JSON.stringify(values);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the page shows something else
  useEffect(() => fillIn(), [address]);

  return (
    <form
      ref={form}
      action={action}
      aria-label={label}
      aria-busy={isBusy}
      // Otherwise the browser would restore field values on reload that the address does not contain.
      autoComplete="off"
      onChange={show}
      className={className}
    >
      {children}
      {clear}
      <noscript>
        <button type="submit" className={buttonClass()}>
          {apply}
        </button>
      </noscript>
      <p role="status" className="sr-only">
        {found}
      </p>
    </form>
  );
}

function findField(form: HTMLFormElement | null, name: string): HTMLInputElement | HTMLSelectElement | undefined {
  const field = form?.elements.namedItem(name);
  return field instanceof HTMLInputElement || field instanceof HTMLSelectElement ? field : undefined;
}
