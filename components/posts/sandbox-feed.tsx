import { buttonClass } from "#components/ui/button";
import { ExactTime } from "#components/ui/exact-time";
import { fill, type Messages } from "#lib/i18n/schema";
import type { Post } from "#lib/posts/schema";

/** The sandbox account's posts, newest first. Text is never interpreted, and no outside media are loaded. */
export function SandboxFeed({ posts, text }: { posts: Post[]; text: Messages["sandbox"] }) {
  if (posts.length === 0) {
    return (
      <div className="rounded-card border border-line bg-surface px-6 py-12 text-center">
        <p className="font-medium">{text.emptyTitle}</p>
        <p className="mt-1 mb-5 text-muted">{text.emptyLead}</p>
        <a href="/settings" className={buttonClass("primary")}>
          {text.toSettings}
        </a>
      </div>
    );
  }
  return (
    <ol className="space-y-4">
      {posts.map((post) => (
        <FeedPost key={post.id} post={post} text={text} />
      ))}
    </ol>
  );
}

function FeedPost({ post, text }: { post: Post; text: Messages["sandbox"] }) {
  const anchor = `post-${post.id}`;
  return (
    <li
      id={anchor}
      className="scroll-mt-20 rounded-card border border-line bg-surface p-4 target:border-accent sm:px-6 sm:py-5"
    >
      <div className="space-y-3">
        {Object.entries(post.text).map(([index, part]) => (
          <p
            key={index}
            dir="auto"
            className="wrap-anywhere whitespace-pre-wrap not-first:border-t not-first:border-line not-first:pt-3"
          >
            {part}
          </p>
        ))}
      </div>
      {post.media.length > 0 && (
        <ul aria-label={text.media} className="mt-3 space-y-2">
          {Object.entries(post.media).map(([index, { url, alt_text }]) => (
            <li key={index} className="wrap-anywhere">
              <a
                href={url}
                rel="noreferrer nofollow ugc"
                translate="no"
                className="text-accent underline underline-offset-2"
              >
                {url}
              </a>
              {alt_text && (
                <span dir="auto" className="block text-small text-muted">
                  {fill(text.alt, { text: alt_text })}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      <p className="mt-1 flex flex-wrap items-baseline gap-x-4 text-small mouse:mt-2 text-muted">
        <ExactTime at={post.published_at ?? post.created_at} hasTime />
        {post.api_key && <span>{fill(text.withKey, { name: post.api_key.name })}</span>}
        <a href={`#${anchor}`} className="py-3 underline underline-offset-2 hover:text-ink mouse:py-1">
          {text.permalink}
        </a>
      </p>
    </li>
  );
}
