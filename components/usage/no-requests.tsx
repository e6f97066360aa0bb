import type { Messages } from "#lib/i18n/schema";

/** Shown instead of usage. Says what to do, or why there is none. */
export function NoRequests({ isOff, text }: { isOff: boolean; text: Messages["usage"] }) {
  return (
    <div className="rounded-card border border-line bg-surface px-6 py-12 text-center">
      <p className="font-medium">{isOff ? text.offTitle : text.emptyTitle}</p>
      <p className="mt-1 text-muted">{isOff ? text.offLead : text.emptyLead}</p>
    </div>
  );
}
