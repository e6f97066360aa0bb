import type { PostsText } from "#components/posts/posts-text";
import { Button, buttonClass } from "#components/ui/button";
import { ExactTime } from "#components/ui/exact-time";
import { Notice } from "#components/ui/notice";
import { toTimeAgo } from "#components/ui/to-time-ago";
import type { Locale } from "#lib/i18n/schema";
import type { Post } from "#lib/posts/schema";

type ComposeResultProps = {
  post: Post;
  locale: Locale;
  text: PostsText;
  onBack: () => void;
  onAnother: () => void;
  onClose: () => void;
};

/** The result of a post that was just sent, and the next steps. */
export function ComposeResult({ post, locale, text, onBack, onAnother, onClose }: ComposeResultProps) {
  const { status, post_url: url, scheduled_at: scheduled, error, warnings } = post;
  const words = text.compose;
  return (
    <>
      <p>{words.results[status].lead}</p>
      {error && (
        <Notice look={status === "failed" ? "bad" : "warn"} className="mt-3">
          {error}
        </Notice>
      )}
      {warnings.map((warning) => (
        <Notice key={warning} look="warn" className="mt-3">
          {warning}
        </Notice>
      ))}
      {status === "scheduled" && scheduled && (
        <p className="mt-3 font-medium">
          <ExactTime at={scheduled} hasTime />
          <span className="ml-1 text-muted">{toTimeAgo(scheduled, locale)}</span>
        </p>
      )}
      <div className="mt-6 flex flex-wrap justify-end gap-2">
        {status === "failed" ? (
          <Button onClick={onBack}>{words.backToText}</Button>
        ) : (
          <Button look="quiet" onClick={onAnother}>
            {words.another}
          </Button>
        )}
        {url && (
          <a href={url} target="_blank" rel="noreferrer" className={buttonClass()}>
            {words.show}
          </a>
        )}
        <Button look="primary" onClick={onClose}>
          {words.done}
        </Button>
      </div>
    </>
  );
}
