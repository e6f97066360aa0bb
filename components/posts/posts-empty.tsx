import { SeeAlso } from "#components/docs/see-also";
import type { Messages } from "#lib/i18n/schema";

/** Advice when there are no posts to show. */
export function PostsEmpty({ isFiltered, text }: { isFiltered: boolean; text: Messages["posts"] }) {
  return (
    <div className="px-6 py-12 text-center">
      <p className="font-medium">{isFiltered ? text.nothingFound : text.emptyTitle}</p>
      <p className="mx-auto mt-1 mb-2 max-w-sm text-muted">{isFiltered ? text.nothingFoundLead : text.emptyLead}</p>
      {isFiltered ? (
        <SeeAlso href="/posts">{text.clear}</SeeAlso>
      ) : (
        <SeeAlso href="/docs/posts">{text.emptyDocs}</SeeAlso>
      )}
    </div>
  );
}
