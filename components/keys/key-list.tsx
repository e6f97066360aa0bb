import { SeeAlso } from "#components/docs/see-also";
import { KeyRow } from "#components/keys/key-row";
import { KeySearch } from "#components/keys/key-search";
import { toListHref } from "#components/keys/to-list-href";
import type { Elements } from "#components/ui/elements";
import { Sparkline } from "#components/usage/sparkline";
import type { Locale, Messages } from "#lib/i18n/schema";
import type { KeyQuery, KeySelection } from "#lib/keys/schema";

type KeyListProps = {
  selection: KeySelection;
  /** Requests on each day, by key. */
  sparklines: Record<string, number[]>;
  /** The number of keys, regardless of the search. */
  count: number;
  organizationId: string;
  /** The ids of the keys that the reader may change. */
  changeable: ReadonlySet<string>;
  /** Whether the organization has several members. */
  isShared: boolean;
  query: KeyQuery;
  /** The path of the list's page. */
  path: string;
  locale: Locale;
  text: Messages;
};

/** The keys: a table whose rows become cards on phones. The address holds the search, filter and order. */
export function KeyList(props: KeyListProps) {
  const { selection, sparklines, count, organizationId, changeable, isShared, query, path, locale, text } = props;
  if (count === 0) {
    return (
      <Nothing title={text.keys.emptyTitle} lead={text.keys.emptyLead}>
        <SeeAlso href="/docs">{text.keys.emptyDocs}</SeeAlso>
      </Nothing>
    );
  }
  return (
    <>
      {count > 1 && <KeySearch {...{ selection, organizationId, query, path, text }} />}
      {selection.rows.length === 0 ? (
        <Nothing title={text.keys.nothingFound} lead={text.keys.nothingFoundLead} />
      ) : (
        <table className="w-full text-left max-lg:block">
          <KeyHeads {...{ isShared, query, path, text }} />
          <tbody className="max-lg:block">
            {selection.rows.map(({ key, badges }) => (
              <KeyRow
                key={key.id}
                apiKey={key}
                badges={badges}
                mayChange={changeable.has(key.id)}
                isShared={isShared}
                sparkline={
                  sparklines[key.id] && <Sparkline counts={sparklines[key.id]} locale={locale} text={text.usage} />
                }
                locale={locale}
                text={text.keys}
              />
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function Nothing({ title, lead, children }: { title: string; lead: string; children?: Elements }) {
  return (
    <div className="border-t border-line px-6 py-12 text-center">
      <p className="font-medium">{title}</p>
      <p className="mx-auto mt-1 mb-2 max-w-sm text-muted">{lead}</p>
      {children}
    </div>
  );
}

type KeyHeadsProps = Pick<KeyListProps, "isShared" | "query" | "path" | "text">;

function KeyHeads({ isShared, query, path, text }: KeyHeadsProps) {
  const { name, key, created, lastUsed, generatedBy, actions } = text.keys.columns;
  const heads = [
    { title: name, sort: "name" },
    { title: key },
    { title: created, sort: "created" },
    { title: lastUsed, sort: "last_used" },
    ...(isShared ? [{ title: generatedBy }] : []),
  ] as const;
  return (
    <thead className="text-small text-muted max-lg:sr-only">
      <tr className="border-t border-line">
        {heads.map((head) => (
          <Head
            key={head.title}
            title={head.title}
            sort={"sort" in head ? head.sort : undefined}
            {...{ query, path }}
          />
        ))}
        <th scope="col" className="py-2.5 pr-6 text-right font-normal">
          {actions}
        </th>
      </tr>
    </thead>
  );
}

type HeadProps = { title: string; sort: KeyQuery["sort"]; query: KeyQuery; path: string };

function Head({ title, sort, query, path }: HeadProps) {
  const isCurrent = sort !== undefined && (query.sort ?? "created") === sort;
  const isUp = (query.order ?? (sort === "name" ? "asc" : "desc")) === "asc";
  const ordered = isUp ? "ascending" : "descending";
  return (
    <th
      scope="col"
      aria-sort={isCurrent ? ordered : undefined}
      className="py-2.5 pr-4 font-normal whitespace-nowrap first:pl-12"
    >
      {sort ? (
        <a
          href={toListHref(path, { ...query, sort, order: isCurrent ? (isUp ? "desc" : "asc") : undefined })}
          className="rounded-control py-2 hover:text-ink"
        >
          <span>{title}</span>
          {isCurrent && <span aria-hidden="true">{isUp ? " ↑" : " ↓"}</span>}
        </a>
      ) : (
        title
      )}
    </th>
  );
}
