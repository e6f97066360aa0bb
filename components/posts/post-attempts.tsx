import type { PostsText } from "#components/posts/posts-text";
import { ExactTime } from "#components/ui/exact-time";
import { CheckIcon, ClockIcon, CloseIcon, QuestionIcon, SendIcon, WarningIcon } from "#components/ui/icons";
import { fill } from "#lib/i18n/schema";
import type { PostDetail } from "#lib/posts/schema";

const MARKS = {
  running: SendIcon,
  published: CheckIcon,
  failed: CloseIcon,
  later: ClockIcon,
  unknown: QuestionIcon,
  lapsed: WarningIcon,
} as const;

type PostAttemptsProps = { attempts: PostDetail["attempt_log"]; isThread: boolean; text: PostsText };

/** Every attempt to publish a post: when it began, how it ended and why. */
export function PostAttempts({ attempts, isThread, text }: PostAttemptsProps) {
  const { posts: words } = text;
  return (
    <ol aria-label={words.attemptList} className="space-y-2">
      {attempts.map(({ number, part, started_at: at, outcome, reason }) => {
        const end = outcome ?? "running";
        const Mark = MARKS[end];
        return (
          <li key={number} className="flex flex-wrap gap-x-3">
            <span className="text-muted">{fill(words.attempt, { number })}</span>
            <ExactTime at={at} hasTime />
            <span className="inline-flex items-center gap-1">
              <Mark className="size-3.5 text-muted" />
              <span>{words.outcomes[end]}</span>
            </span>
            {isThread && end !== "published" && (
              <span className="text-muted">{fill(words.atPart, { number: part + 1 })}</span>
            )}
            {reason && <span className="basis-full wrap-anywhere text-muted">{reason}</span>}
          </li>
        );
      })}
    </ol>
  );
}
