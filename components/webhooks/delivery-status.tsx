import { CheckIcon, WarningIcon } from "#components/ui/icons";
import type { Messages } from "#lib/i18n/schema";
import type { Delivery } from "#lib/webhooks/schema";

const LOOKS = { waiting: "text-muted", delivered: "text-good", failed: "text-bad" } as const;

/** A delivery's status: a symbol beside the word, so that colour is not needed. */
export function DeliveryStatus({ status, text }: { status: Delivery["status"]; text: Messages["webhooks"]["log"] }) {
  const words = { waiting: text.waiting, delivered: text.delivered, failed: text.failed };
  return (
    <span className={`flex w-24 items-center gap-1.5 text-small ${LOOKS[status]}`}>
      {status === "delivered" && <CheckIcon className="size-3.5" />}
      {status === "failed" && <WarningIcon className="size-3.5" />}
      {status === "waiting" && (
        <span aria-hidden="true" className="mx-[3px] size-2 rounded-full border-[1.5px] border-current" />
      )}
      <span>{words[status]}</span>
    </span>
  );
}
