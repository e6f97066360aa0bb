import { buttonClass } from "#components/ui/button";
import { LinkRow } from "#components/usage/link-row";
import { RequestsTable } from "#components/usage/requests-table";
import { toSelectionHref, type UsageSelection } from "#components/usage/usage-selection";
import { fill, type Locale, type Messages } from "#lib/i18n/schema";
import type { KeyRequest } from "#lib/usage/schema";

type RecentRequestsProps = {
  requests: KeyRequest[];
  pages: number;
  selection: UsageSelection;
  retentionDays: number;
  locale: Locale;
  text: Messages["usage"];
};

/** One page of a key's recent requests, with links to the other pages and to only the refused requests. */
export function RecentRequests({ requests, pages, selection, retentionDays, locale, text }: RecentRequestsProps) {
  const { show } = selection;
  const filters = [
    { name: text.all, href: toSelectionHref(selection, { show: undefined }), isCurrent: !show },
    { name: text.refusedOnly, href: toSelectionHref(selection, { show: "refused" }), isCurrent: show === "refused" },
  ];
  return (
    <section aria-labelledby="recent" className="rounded-card border border-line bg-surface">
      <div className="space-y-3 p-4 sm:px-6 sm:py-5">
        <div>
          <h2 id="recent" className="text-head font-semibold">
            {text.recent}
          </h2>
          <p className="text-muted">{fill(text.recentLead, { days: retentionDays })}</p>
        </div>
        <LinkRow label={text.filter} links={filters} />
      </div>
      {requests.length === 0 ? (
        <p className="border-t border-line px-6 py-8 text-center text-muted">{text.noneRefused}</p>
      ) : (
        <RequestsTable requests={requests} locale={locale} text={text} />
      )}
      {pages > 1 && <PageLinks selection={selection} pages={pages} text={text} />}
    </section>
  );
}

function PageLinks({ selection, pages, text }: Pick<RecentRequestsProps, "selection" | "pages" | "text">) {
  const page = Number(selection.page);
  const toPage = (to: number) => toSelectionHref(selection, { page: String(to) });
  return (
    <nav aria-label={text.pages} className="flex flex-wrap items-center gap-3 border-t border-line p-4 sm:px-6">
      {page > 1 && (
        <a rel="prev" href={toPage(page - 1)} className={buttonClass()}>
          {text.newer}
        </a>
      )}
      {page < pages && (
        <a rel="next" href={toPage(page + 1)} className={buttonClass()}>
          {text.older}
        </a>
      )}
      <span className="ml-auto text-small text-muted tabular-nums">{fill(text.page, { page, pages })}</span>
    </nav>
  );
}
