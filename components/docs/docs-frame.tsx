import { PageTitle } from "#components/console/page-title";
import type { Elements } from "#components/ui/elements";
import type { Messages } from "#lib/i18n/schema";

export const DOCS_PAGES = [
  "overview",
  "requests",
  "posts",
  "networks",
  "errors",
  "safety",
  "leaks",
  "management",
  "reference",
] as const;
type DocsPage = (typeof DOCS_PAGES)[number];

type DocsFrameProps = { current: DocsPage; text: Messages["docs"]; children: Elements };

/** The title of a documentation page, and links to the others: above it on phones, beside it elsewhere. */
export function DocsFrame({ current, text, children }: DocsFrameProps) {
  return (
    <div className="gap-10 md:flex">
      <nav
        aria-label={text.navigation}
        className="mb-8 flex flex-wrap gap-x-1 border-b border-line pb-3 md:sticky md:top-24 md:mb-0 md:w-44 md:shrink-0 md:flex-col md:self-start md:border-0 md:p-0"
      >
        {DOCS_PAGES.map((page) => (
          <a
            key={page}
            href={page === "overview" ? "/docs" : `/docs/${page}`}
            aria-current={page === current ? "page" : undefined}
            className="flex min-h-11 items-center rounded-control px-3 text-muted hover:bg-sunken hover:text-ink aria-[current=page]:bg-sunken aria-[current=page]:font-medium aria-[current=page]:text-ink mouse:min-h-9"
          >
            {text[page].title}
          </a>
        ))}
      </nav>
      <div className="min-w-0 flex-1">
        <PageTitle title={text[current].title} lead={text[current].lead} />
        {children}
      </div>
    </div>
  );
}
