import { CheckIcon, CloseIcon, WarningIcon } from "#components/ui/icons";
import type { Account } from "#lib/accounts/schema";
import type { Messages } from "#lib/i18n/schema";

const LOOKS = {
  valid: { Icon: CheckIcon, className: "bg-good-soft text-good" },
  expiring: { Icon: WarningIcon, className: "bg-warn-soft text-warn" },
  revoked: { Icon: CloseIcon, className: "bg-bad-soft text-bad" },
} as const;

/** Whether the network still accepts the account: a symbol and a word. The colour adds no information. */
export function AccountHealth({ status, text }: { status: Account["status"]; text: Messages["accounts"] }) {
  const { Icon, className } = LOOKS[status];
  return (
    <span className={`inline-flex items-center gap-1.5 rounded-full px-2.5 py-0.5 text-small ${className}`}>
      <Icon className="size-3.5" />
      <span>{text.health[status]}</span>
    </span>
  );
}
