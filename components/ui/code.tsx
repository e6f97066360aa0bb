import type { ComponentProps } from "react";

/** Code as it is. Long lines wrap, so that nothing has to be scrolled sideways; copying gives them whole. */
export function Code({ className = "", ...rest }: ComponentProps<"pre">) {
  return (
    <pre
      translate="no"
      {...rest}
      className={`rounded-control bg-sunken p-4 font-mono text-small wrap-anywhere whitespace-pre-wrap ${className}`}
    />
  );
}

/** A sentence in which what stands between backticks is code. */
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
