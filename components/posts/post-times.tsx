"use client";

import type { Elements } from "#components/ui/elements";
import { ExactTime } from "#components/ui/exact-time";
import { toTimeAgo } from "#components/ui/to-time-ago";
import { useIsHydrated } from "#components/ui/use-is-hydrated";
import type { Locale, Messages } from "#lib/i18n/schema";
import type { PostDetail } from "#lib/posts/schema";

type PostTimesProps = { post: PostDetail; locale: Locale; text: Messages["posts"] };

/** When a post was made, is or was due, and was published. */
export function PostTimes({ post, locale, text }: PostTimesProps) {
  const { status, created_at: created, scheduled_at: scheduled, published_at: published, next_at: next } = post;
  // The server's clock and the reader's may differ by more than a moment.
  const isHydrated = useIsHydrated();
  const toAway = (at: string) => isHydrated && <span className="text-muted">{toTimeAgo(at, locale)}</span>;
  const isRetried = next !== null && post.attempt_log.at(-1)?.outcome === "later";
  return (
    <dl className="min-w-0 space-y-1 text-small">
      {published && <Time name={text.times.published} at={published} />}
      {scheduled && (
        <Time name={text.times.scheduled} at={scheduled}>
          {status === "scheduled" && toAway(scheduled)}
        </Time>
      )}
      {isRetried && (
        <Time name={text.times.next} at={next}>
          {toAway(next)}
        </Time>
      )}
      <Time name={text.times.created} at={created} />
    </dl>
  );
}

function Time({ name, at, children }: { name: string; at: string; children?: Elements }) {
  return (
    <div>
      <dt className="text-muted">{name}</dt>
      <dd className="flex flex-wrap gap-x-2">
        <ExactTime at={at} hasTime />
        {children}
      </dd>
    </div>
  );
}
