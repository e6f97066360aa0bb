import type { InvitationsText } from "#components/invitations/invitations-text";
import type { InvitationStatus as Status } from "#lib/invitations/schema";

const LOOKS: Record<Status, { words: string; ring: string }> = {
  pending: { words: "text-accent", ring: "bg-linear-to-r from-current from-50% to-transparent to-50%" },
  accepted: { words: "text-good", ring: "bg-current" },
  declined: { words: "text-muted", ring: "" },
  revoked: { words: "text-muted", ring: "" },
  expired: { words: "text-warn", ring: "" },
};

/** An invitation's status: a half, a full or an empty ring beside the word. The colour adds nothing to the words. */
export function InvitationStatus({ status, text }: { status: Status; text: InvitationsText["invitations"] }) {
  const { words, ring } = LOOKS[status];
  return (
    <span className={`flex items-center gap-1.5 text-small ${words}`}>
      <span aria-hidden="true" className={`size-2 shrink-0 rounded-full border-[1.5px] border-current ${ring}`} />
      <span>{text.statuses[status]}</span>
    </span>
  );
}
