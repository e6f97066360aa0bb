import { PostAttempts } from "#components/posts/post-attempts";
import { PostHistory } from "#components/posts/post-times";
import type { PostsText } from "#components/posts/posts-text";
import { ChevronIcon } from "#components/ui/icons";
import { fill } from "#lib/i18n/schema";
import type { PostDetail } from "#lib/posts/schema";

const SHORT_LENGTH = 90;

/** A post's parts, history and attempts behind a disclosure, which stays open across updates. */
export function PostDetails({ post, text }: { post: PostDetail; text: PostsText }) {
  const { posts: words } = text;
  const { attempt_log: attempts, warnings } = post;
  const hasMore = attempts.length > 0 || warnings.length > 0 || !isShownWhole(post);
  if (!hasMore && !post.scheduled_at && !post.published_at) return null;
  return (
    <details className="group open:basis-full">
      <summary className="-mx-2 inline-flex min-h-11 list-none items-center gap-1.5 rounded-control px-2 text-small text-muted hover:bg-sunken hover:text-ink mouse:min-h-6">
        <ChevronIcon className="size-3.5 group-open:rotate-180" />
        <span>{attempts.length > 0 ? fill(words.attempts, { count: attempts.length }) : words.details}</span>
      </summary>
      <div className="space-y-4 pt-1 pb-2 text-small">
        {warnings.map((warning) => (
          <p key={warning} className="wrap-anywhere text-warn">
            {warning}
          </p>
        ))}
        <PostHistory post={post} text={words} />
        {!isShownWhole(post) && <PostParts post={post} text={text} />}
        {attempts.length > 0 && <PostAttempts attempts={attempts} isThread={post.text.length > 1} text={text} />}
      </div>
    </details>
  );
}

// The row itself shows two lines of the text.
function isShownWhole({ text, media }: PostDetail): boolean {
  const [first = ""] = text;
  return text.length === 1 && media.length === 0 && first.length <= SHORT_LENGTH && !first.includes("\n");
}

function PostParts({ post, text }: { post: PostDetail; text: PostsText }) {
  const { posts: words } = text;
  return (
    <ol aria-label={words.parts} className="space-y-3">
      {Object.entries(post.text).map(([key, part]) => {
        const index = Number(key);
        const url = post.parts.find((published) => published.index === index)?.post_url;
        const media = post.media.filter((medium) => medium.part === index);
        return (
          <li key={key} className="border-l-2 border-line pl-3">
            {post.text.length > 1 && (
              <p className="text-muted">
                <span>{fill(words.partOf, { number: index + 1, total: post.text.length })}</span>
                {url && (
                  <a
                    href={url}
                    target="_blank"
                    rel="noreferrer"
                    className="ml-3 py-3 text-accent underline underline-offset-4 mouse:py-1"
                  >
                    {fill(words.showPart, { number: index + 1 })}
                  </a>
                )}
              </p>
            )}
            <p dir="auto" className="wrap-anywhere whitespace-pre-wrap">
              {part || words.noText}
            </p>
            {media.map(({ url: address, alt_text: alt }) => (
              <p key={address} className="mt-1 wrap-anywhere text-muted">
                <span translate="no">{address}</span>
                <span dir="auto" className="block">
                  {alt ? fill(words.alt, { text: alt }) : words.noAlt}
                </span>
              </p>
            ))}
          </li>
        );
      })}
    </ol>
  );
}
