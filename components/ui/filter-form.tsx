"use client";

import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useRef, useTransition } from "react";
import { buttonClass } from "#components/ui/button";
import type { Elements } from "#components/ui/elements";

/** What the fields of a filter wear. */
export const FILTER_FIELD =
  "block min-h-11 w-full min-w-0 rounded-control border border-edge bg-surface px-3 text-input mouse:min-h-9 mouse:text-body";

type FilterFieldProps = { id: string; name: string; isInline?: boolean; children: Elements };

/** A field of a filter under its name, or beside it where there is room. */
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
  /** The page that is filtered, with the place on it when that is not its top. */
  action: string;
  label: string;
  /** What the page shows now; a field that is not filled in has the empty string. */
  values: Record<string, string>;
  /** How many were found, for those who do not see the list change. */
  found: string;
  /** What the button says where there is no JavaScript. */
  apply: string;
  className: string;
  clear?: Elements;
  children: Elements;
};

/**
 * A form that becomes the page's address: at once whenever a field is changed, and by its button without JavaScript.
 * The focus stays in the field, and going back brings back what it said.
 */
export function FilterForm({ action, label, values, found, apply, className, clear, children }: FilterFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const router = useRouter();
  const [isBusy, startTransition] = useTransition();

  const show = () => {
    // A day that is being typed is none yet.
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
    // What was chosen before this script was there still counts.
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
      // Otherwise a page that is reloaded shows what its address does not say.
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
