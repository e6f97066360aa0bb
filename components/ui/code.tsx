import type { ComponentProps } from "react";

/** Code as it is, which scrolls sideways by itself and can be reached with the keyboard to do so. */
export function Code({ label, className = "", ...rest }: ComponentProps<"pre"> & { label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: placeholder
    <section aria-label={label} tabIndex={0} className="overflow-x-auto rounded-control bg-sunken">
      <pre {...rest} className={`w-max min-w-full p-4 font-mono text-small ${className}`} />
    </section>
  );
}

/** A sentence in which `text between backticks` is code. */
export function WithCode({ children }: { children: string }) {
  return children.split("`").map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      <code key={`${index}${part}`} className="rounded-sm bg-sunken px-1 py-0.5 font-mono text-[0.9em]">
        {part}
      </code>
    ),
  );
}
