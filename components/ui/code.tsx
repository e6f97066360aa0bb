import type { ComponentProps } from "react";

/** Code as written. Long lines wrap instead of scrolling sideways, but are copied without the breaks. */
export function Code({ className = "", ...rest }: ComponentProps<"pre">) {
  return (
    <pre
      translate="no"
      {...rest}
      className={`rounded-control bg-sunken p-4 font-mono text-small wrap-anywhere whitespace-pre-wrap ${className}`}
    />
  );
}

/** A sentence that shows text between backticks as code. */
export function WithCode({ children }: { children: string }) {
  return Object.entries(children.split(/(`[^`]+`)/)).map(([index, part]) =>
    part.startsWith("`") ? (
      <code key={index} translate="no" className="rounded-sm bg-sunken px-1 py-0.5 font-mono text-[0.9em]">
        {part.slice(1, -1)}
      </code>
    ) : (
      <span key={index}>{part}</span>
    ),
  );
}
