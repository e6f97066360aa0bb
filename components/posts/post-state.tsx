import type { PostsText } from "#components/posts/posts-text";
import { CalendarIcon, CheckIcon, ClockIcon, CloseIcon, MinusIcon, QuestionIcon, SendIcon } from "#components/ui/icons";
import type { Post } from "#lib/posts/schema";

/** The symbol and colours of each state. */
export const STATE_LOOKS = {
  scheduled: { Icon: CalendarIcon, className: "bg-sunken text-ink" },
  queued: { Icon: ClockIcon, className: "bg-sunken text-ink" },
  publishing: { Icon: SendIcon, className: "bg-sunken text-accent" },
  published: { Icon: CheckIcon, className: "bg-good-soft text-good" },
  failed: { Icon: CloseIcon, className: "bg-bad-soft text-bad" },
  unknown: { Icon: QuestionIcon, className: "bg-warn-soft text-warn" },
  cancelled: { Icon: MinusIcon, className: "bg-sunken text-muted" },
} as const;

/** A post's state: a symbol and a word. The colour adds no information. */
export function PostState({ status, text }: { status: Post["status"]; text: PostsText }) {
  const { Icon, className } = STATE_LOOKS[status];
  return (
    <span
      className={`inline-flex items-center gap-1.5 rounded-full px-2.5 py-0.5 text-small whitespace-nowrap ${className}`}
    >
      <Icon className="size-3.5" />
      <span>{text.posts.states[status]}</span>
    </span>
  );
}
