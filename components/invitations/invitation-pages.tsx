import type { InvitationsText } from "#components/invitations/invitations-text";
import { buttonClass } from "#components/ui/button";

type InvitationPagesProps = { path: string; page: number; last: number; text: InvitationsText["invitations"] };

/** Links to older and newer invitations, when they fill more than one page. */
export function InvitationPages({ path, page, last, text }: InvitationPagesProps) {
  if (last === 1 && page === 1) return null;
  const toHref = (to: number) => `${path}${to > 1 ? `&page=${to}` : ""}#sent`;
  return (
    <nav aria-label={text.pages} className="flex justify-end gap-2 border-t border-line px-4 py-3 sm:px-6">
      {page > 1 && (
        <a href={toHref(Math.min(page - 1, last))} rel="prev" className={buttonClass()}>
          {text.newer}
        </a>
      )}
      {page < last && (
        <a href={toHref(page + 1)} rel="next" className={buttonClass()}>
          {text.older}
        </a>
      )}
    </nav>
  );
}
