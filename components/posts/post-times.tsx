"use client";

import type { Elements } from "#components/ui/elements";
import { ExactTime } from "#components/ui/exact-time";
import { toTimeAgo } from "#components/ui/to-time-ago";
import { useIsHydrated } from "#components/ui/use-is-hydrated";
import type { Locale, Messages } from "#lib/i18n/schema";
import type { PostDetail } from "#lib/posts/schema";

type PostTimesProps = { post: PostDetail; locale: Locale; text: Messages["posts"] };

/** The moment that matters in a post's state: when it is due, will be retried, was published or was created. */
export function PostTimes({ post, locale, text }: PostTimesProps) {
  // The server's clock and the reader's may differ noticeably.
  const isHydrated = useIsHydrated();
  const [{ name, at, isAhead }] = listTimes(post, text);
  return (
    <span className="block min-w-0">
      <ExactTime at={at} hasTime />
      <span className="block text-small text-muted">
        <span className="mr-1.5">{name}</span>
        {isAhead && isHydrated && <span>{toTimeAgo(at, locale)}</span>}
      </span>
    </span>
  );
}

/** The other moments of a post. */
export function PostHistory({ post, text }: { post: PostDetail; text: Messages["posts"] }) {
  const [, ...others] = listTimes(post, text);
  return (
    others.length > 0 && (
      <dl className="flex flex-wrap gap-x-6 gap-y-1">
        {others.map(
          ({ name, at }): Elements => (
            <div key={name} className="flex gap-x-2">
              <dt className="text-muted">{name}</dt>
              <dd>
                <ExactTime at={at} hasTime />
              </dd>
            </div>
          ),
        )}
      </dl>
    )
  );
}

type Time = { name: string; at: string; isAhead: boolean };

function listTimes(post: PostDetail, { times }: Messages["posts"]): [Time, ...Time[]] {
  const { status, created_at: created, scheduled_at: scheduled, published_at: published, next_at: next } = post;
  const isRetried = next !== null && post.attempt_log.at(-1)?.outcome === "later";
  const made = { name: times.created, at: created, isAhead: false };
  const [first = made, ...others] = [
    ...(isRetried ? [{ name: times.next, at: next, isAhead: true }] : []),
    ...(published ? [{ name: times.published, at: published, isAhead: false }] : []),
    ...(scheduled ? [{ name: times.scheduled, at: scheduled, isAhead: status === "scheduled" }] : []),
  ];
  return first === made ? [made] : [first, ...others, made];
}
