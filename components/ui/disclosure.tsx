import type { ReactNode } from "react";
import { ChevronIcon } from "#components/ui/icons";

/** A title that opens its content. The browser handles it, and finds text inside. */
export function Disclosure({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <details className="group">
      <summary className="flex min-h-12 list-none items-center justify-between gap-4 rounded-card px-4 py-2 hover:bg-sunken sm:px-6">
        <span className="min-w-0 flex-1">{title}</span>
        <ChevronIcon className="size-4 text-muted group-open:rotate-180" />
      </summary>
      <div className="max-w-2xl space-y-4 px-4 pt-1 pb-5 sm:px-6">{children}</div>
    </details>
  );
}
