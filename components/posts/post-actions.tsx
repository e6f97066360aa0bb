"use client";

import { useState } from "react";
import { ProblemContent } from "#components/console/problem-note";
import { actOnPost } from "#components/posts/act-on-post";
import type { OpenDialog } from "#components/posts/post-dialogs";
import type { PostsText } from "#components/posts/posts-text";
import { toName } from "#components/posts/to-news";
import { Button } from "#components/ui/button";
import type { ToastMessage } from "#components/ui/toast";
import { fill } from "#lib/i18n/schema";
import type { PostDetail } from "#lib/posts/schema";

type PostActionsProps = {
  post: PostDetail;
  text: PostsText;
  /** The reader nears a button. */
  onNear: () => void;
  onShow: (dialog: OpenDialog) => void;
  onSay: (message: ToastMessage) => void;
  onDone: () => void;
};

/** The actions that a post's state allows. Each button's accessible name includes the post. */
export function PostActions({ post, text, onNear, onShow, onSay, onDone }: PostActionsProps) {
  const [isBusy, setIsBusy] = useState(false);
  const { id, status } = post;
  const words = text.posts;
  const toLabel = (action: string) => fill(words.actionOn, { action, post: toName(post, words) });
  const near = { onPointerEnter: onNear, onFocus: onNear };

  const takeUp = async (how: "retry" | "check") => {
    setIsBusy(true);
    const problem = await actOnPost(id, how, text);
    setIsBusy(false);
    if (problem) onSay({ look: "bad", content: <ProblemContent problem={problem} text={text} /> });
    onDone();
  };

  return (
    <div className="-mx-3.5 flex flex-wrap whitespace-nowrap lg:flex-col lg:items-start">
      {(status === "scheduled" || status === "queued") && (
        <Button
          {...near}
          look="quietDanger"
          aria-label={toLabel(words.cancel)}
          onClick={() => onShow({ dialog: "cancel", post })}
        >
          {words.cancel}
        </Button>
      )}
      {status === "failed" && (
        <Button look="quiet" isBusy={isBusy} aria-label={toLabel(words.retry)} onClick={() => void takeUp("retry")}>
          {isBusy ? words.retrying : words.retry}
        </Button>
      )}
      {status === "unknown" && (
        <>
          <Button look="quiet" isBusy={isBusy} aria-label={toLabel(words.check)} onClick={() => void takeUp("check")}>
            {isBusy ? words.checking : words.check}
          </Button>
          <Button
            {...near}
            look="quietDanger"
            aria-label={toLabel(words.force)}
            onClick={() => onShow({ dialog: "force", post })}
          >
            {words.force}
          </Button>
        </>
      )}
    </div>
  );
}
