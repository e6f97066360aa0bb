import type { ReactNode } from "react";
import { PostRow } from "#components/posts/post-row";
import type { PostsText } from "#components/posts/posts-text";
import type { Locale } from "#lib/i18n/schema";
import type { PostDetail } from "#lib/posts/schema";

type PostTableProps = {
  posts: PostDetail[];
  /** The networks' display names. */
  labels: Record<string, string>;
  locale: Locale;
  text: PostsText;
  toActions: (post: PostDetail) => ReactNode;
};

/** Posts, newest first: a table whose rows become cards on phones. */
export function PostTable({ posts, labels, locale, text, toActions }: PostTableProps) {
  const { state, post, account, time, actions } = text.posts.columns;
  return (
    <table aria-label={text.posts.title} className="w-full text-left max-lg:block">
      <thead className="text-small text-muted max-lg:sr-only">
        <tr className="border-b border-line">
          {[state, post, account, time, actions].map((column) => (
            <th key={column} scope="col" className="py-2 pr-4 font-normal whitespace-nowrap first:pl-6">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="max-lg:block">
        {posts.map((one) => (
          <PostRow key={one.id} post={one} label={labels[one.platform] ?? one.platform} locale={locale} text={text}>
            {toActions(one)}
          </PostRow>
        ))}
      </tbody>
    </table>
  );
}
