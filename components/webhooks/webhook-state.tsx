import type { Messages } from "#lib/i18n/schema";

/** Whether a webhook is active. A full or an empty ring beside the word, so that colour is not needed. */
export function WebhookState({ isActive, text }: { isActive: boolean; text: Messages["webhooks"] }) {
  return (
    <span className={`flex items-center gap-1.5 text-small ${isActive ? "text-good" : "text-muted"}`}>
      <span
        aria-hidden="true"
        className={`size-2 rounded-full border-[1.5px] border-current ${isActive ? "bg-current" : ""}`}
      />
      <span>{isActive ? text.active : text.disabled}</span>
    </span>
  );
}
