import type { Messages } from "#lib/i18n/schema";
import type { KeyStatus as Status } from "#lib/keys/schema";

const LOOKS: Record<Status, { words: string; ring: string }> = {
  active: { words: "text-good", ring: "bg-current" },
  disabled: { words: "text-muted", ring: "" },
  expired: { words: "text-warn", ring: "bg-linear-to-r from-current from-50% to-transparent to-50%" },
};

/** A key's status: a full, an empty or a half ring beside the word. The colour adds nothing to the shape. */
export function KeyStatus({ status, text }: { status: Status; text: Messages["keys"] }) {
  const { words, ring } = LOOKS[status];
  return (
    <span className={`flex items-center gap-1.5 text-small ${words}`}>
      <span aria-hidden="true" className={`size-2 rounded-full border-[1.5px] border-current ${ring}`} />
      <span>{text[status]}</span>
    </span>
  );
}
