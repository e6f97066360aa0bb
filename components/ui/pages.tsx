import { buttonClass } from "#components/ui/button";
import { fill, type Messages } from "#lib/i18n/schema";

type PagesText = Pick<
  Messages["activity"] | Messages["posts"] | Messages["invitations"] | Messages["notices"],
  "pages" | "newer" | "older" | "range"
>;
type Range = { page: number; pageSize: number; count: number };
type PagesProps = Range & { toHref: (page: number) => string; text: PagesText };

/** Links to the newer and the older rest of a list, and which part of it is shown, when it fills more than one page. */
export function Pages({ page, pageSize, count, toHref, text }: PagesProps) {
  const last = Math.max(1, Math.ceil(count / pageSize));
  if (last === 1 && page === 1) return null;
  return (
    <nav
      aria-label={text.pages}
      className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-t border-line px-4 py-3 sm:px-6"
    >
      <p className="text-small text-muted tabular-nums">{page <= last && toRange({ page, pageSize, count }, text)}</p>
      <div className="flex gap-2">
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
      </div>
    </nav>
  );
}

/** “21–40 of 45” */
export const toRange = ({ page, pageSize, count }: Range, text: Pick<PagesText, "range">): string =>
  fill(text.range, { first: (page - 1) * pageSize + 1, last: Math.min(page * pageSize, count), count });
