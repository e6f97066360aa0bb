"use client";

import { useState } from "react";
import type { Problem } from "#components/console/call-api";
import { ProblemNote } from "#components/console/problem-note";
import { actOnPost } from "#components/posts/act-on-post";
import type { PostsText } from "#components/posts/posts-text";
import { toExcerpt } from "#components/posts/to-excerpt";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import type { PostDetail } from "#lib/posts/schema";

type ConfirmDialogProps = {
  post: PostDetail;
  what: "cancel" | "force";
  text: PostsText;
  onDone: () => void;
  onClose: () => void;
};

/** Asks before a step that cannot be undone: cancelling a post, or publishing one that may already be published. */
export function ConfirmDialog({ post, what, text, onDone, onClose }: ConfirmDialogProps) {
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const words = text.posts.confirm[what];

  const act = async () => {
    setIsBusy(true);
    const found = await actOnPost(post.id, what, text);
    setIsBusy(false);
    setProblem(found);
    onDone();
    if (!found) onClose();
  };

  return (
    <Dialog
      title={words.title}
      closeLabel={text.dialog.close}
      onDismiss={() => !isBusy && onClose()}
      describedBy="post-consequence"
    >
      <p id="post-consequence">{words.consequence}</p>
      <p
        dir="auto"
        className="mt-3 line-clamp-3 border-l-2 border-line pl-3 wrap-anywhere whitespace-pre-wrap text-muted"
      >
        {toExcerpt(post, text.posts)}
      </p>
      <ProblemNote problem={problem} text={text} />
      <div className="mt-6 flex flex-wrap justify-end gap-2">
        <Button look="quiet" onClick={onClose} data-autofocus>
          {words.back}
        </Button>
        <Button look="danger" isBusy={isBusy} onClick={() => void act()}>
          {words.act}
        </Button>
      </div>
    </Dialog>
  );
}
