import { ExactTime } from "#components/ui/exact-time";
import { FILTER_FIELD, FilterField, FilterForm } from "#components/ui/filter-form";
import { fill, type Messages } from "#lib/i18n/schema";
import type { Post } from "#lib/posts/schema";
import type { Counts, Outcome } from "#lib/usage/schema";

const OUTCOMES: readonly Outcome[] = ["ok", "client_error", "server_error", "limited", "refused"];

/** A key's activity since a day. */
export type Activity = {
  since: string;
  today: string;
  posts: { count: number; newest: Post[] };
  requests: Counts;
};

type KeyActivityProps = { activity: Activity; keyId: string; text: Pick<Messages, "leak" | "usage"> };

/** A key's activity since a day that the reader chooses. The address holds the day. */
export function KeyActivity({ activity, keyId, text: { leak: text, usage } }: KeyActivityProps) {
  const { since, today, posts, requests } = activity;
  return (
    <>
      <FilterForm
        action={`/settings/keys/${keyId}/leak`}
        label={text.activity}
        values={{ since }}
        found=""
        apply={text.show}
        className="mb-5 flex flex-wrap items-end gap-3"
      >
        <FilterField id="leak-since" name={text.since}>
          <input
            id="leak-since"
            type="date"
            name="since"
            defaultValue={since}
            min="2000-01-01"
            max={today}
            required
            className={FILTER_FIELD}
          />
        </FilterField>
      </FilterForm>
      <h3 className="font-medium">{text.requests}</h3>
      <dl className="mt-1 mb-2 flex flex-wrap gap-x-8 gap-y-2">
        {OUTCOMES.map((outcome) => (
          <div key={outcome}>
            <dt className="text-small text-muted">{usage.outcomes[outcome]}</dt>
            <dd className="tabular-nums">{requests[outcome].toLocaleString("en")}</dd>
          </div>
        ))}
      </dl>
      <a
        href={`/settings/keys/${keyId}/usage`}
        className="mb-5 inline-flex min-h-11 items-center text-accent underline underline-offset-2 mouse:min-h-9"
      >
        {text.toRequests}
      </a>
      <h3 className="font-medium">{fill(text.posts, { count: posts.count })}</h3>
      {posts.count === 0 && <p className="mt-1 text-muted">{text.noPosts}</p>}
      {posts.count > posts.newest.length && (
        <p className="mt-1 text-muted">{fill(text.newest, { count: posts.newest.length })}</p>
      )}
      <ul className="mt-1">
        {posts.newest.map((post) => (
          <PostLine key={post.id} post={post} />
        ))}
      </ul>
    </>
  );
}

function PostLine({ post }: { post: Post }) {
  const excerpt = <span className="line-clamp-1 min-w-0 wrap-anywhere">{post.text.join(" ") || post.id}</span>;
  return (
    <li className="flex flex-wrap items-center gap-x-4 border-line py-1 not-first:border-t">
      <span className="text-small text-muted">
        <ExactTime at={post.created_at} hasTime />
      </span>
      {post.post_url ? (
        <a
          href={post.post_url}
          className="flex min-h-11 min-w-0 flex-1 basis-56 items-center text-accent underline underline-offset-2 mouse:min-h-9"
        >
          {excerpt}
        </a>
      ) : (
        <span className="flex min-h-11 min-w-0 flex-1 basis-56 items-center mouse:min-h-9">{excerpt}</span>
      )}
    </li>
  );
}
