import type { ProblemText } from "#components/console/describe-problem";
import { SignOutButton } from "#components/console/sign-out-button";
import { Avatar } from "#components/ui/avatar";
import { ChevronIcon } from "#components/ui/icons";
import { fill, type Messages } from "#lib/i18n/schema";

export type Person = { name: string | null; email: string; picture: string | null };

type UserMenuProps = { user: Person; text: Messages["header"]; problemText: ProblemText };

const ITEM = "flex min-h-11 w-full items-center rounded-control px-3 text-left hover:bg-sunken mouse:min-h-9";

/** The user's menu. The browser opens and closes it, also on Escape and on a click outside. */
export function UserMenu({ user, text, problemText }: UserMenuProps) {
  const name = user.name ?? user.email;
  return (
    <>
      <button
        type="button"
        popoverTarget="user-menu"
        aria-label={fill(text.userMenu, { name })}
        className="flex min-h-11 min-w-11 items-center justify-center gap-2 rounded-control px-2 hover:bg-sunken mouse:min-h-9"
      >
        <Avatar name={name} picture={user.picture} />
        <bdi translate="no" className="max-w-48 truncate max-md:hidden">
          {name}
        </bdi>
        <ChevronIcon className="size-4 text-muted max-md:hidden" />
      </button>
      <div
        id="user-menu"
        popover="auto"
        className="fixed inset-auto top-15 right-3 w-72 max-w-[calc(100vw-1.5rem)] rounded-card bg-surface p-2 text-ink shadow-raised"
      >
        <div className="mb-2 border-b border-line px-3 pt-1 pb-3">
          {user.name && (
            <p dir="auto" translate="no" className="font-medium">
              {user.name}
            </p>
          )}
          <p translate="no" className="text-small text-muted">
            {user.email}
          </p>
        </div>
        <a href="/account" className={ITEM}>
          {text.account}
        </a>
        <SignOutButton label={text.signOut} text={problemText} className={ITEM} />
      </div>
    </>
  );
}
