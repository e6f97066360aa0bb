import type { ComponentProps } from "react";
import { WarningIcon } from "#components/ui/icons";

const LOOKS = {
  warn: "bg-warn-soft text-warn",
  bad: "bg-bad-soft text-bad",
} as const;

/** A sentence that the reader must notice. */
export function Notice({
  look,
  children,
  className = "",
  ...rest
}: ComponentProps<"div"> & { look: keyof typeof LOOKS }) {
  return (
    <div {...rest} className={`flex gap-2.5 rounded-control px-3.5 py-2.5 ${LOOKS[look]} ${className}`}>
      <WarningIcon className="mt-1 size-4" />
      <div className="min-w-0">{children}</div>
    </div>
  );
}
