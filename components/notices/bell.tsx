import { BellIcon } from "#components/ui/icons";
import { fill, type Messages } from "#lib/i18n/schema";

type BellProps = { unread: number; text: Messages["notices"] };

const MOST_SHOWN = 99;

/** The way to the notices, with the number of those that are not read yet. */
export function Bell({ unread, text }: BellProps) {
  const count = unread > MOST_SHOWN ? text.many : String(unread);
  return (
    <a
      href="/notices"
      aria-label={unread === 0 ? text.bell : fill(text.unread, { count })}
      className="relative flex min-h-11 min-w-11 items-center justify-center rounded-control text-muted hover:bg-sunken hover:text-ink mouse:min-h-9"
    >
      <BellIcon className="size-5" />
      {unread > 0 && (
        <span
          aria-hidden="true"
          className="absolute top-0.5 right-0.5 rounded-full bg-ink px-1.5 text-small leading-5 font-medium text-inverse tabular-nums"
        >
          {count}
        </span>
      )}
    </a>
  );
}
