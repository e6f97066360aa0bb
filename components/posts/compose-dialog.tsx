"use client";

import { useState } from "react";
import { ComposeForm } from "#components/posts/compose-form";
import { ComposeResult } from "#components/posts/compose-result";
import { createDraft, type Draft, isWritten, toMoment } from "#components/posts/draft";
import { type Fault, findFault } from "#components/posts/find-fault";
import { LeaveDraftDialog } from "#components/posts/leave-draft-dialog";
import type { PostsText } from "#components/posts/posts-text";
import { useDraftGuard } from "#components/posts/use-draft-guard";
import { useSendPost } from "#components/posts/use-send-post";
import { Dialog } from "#components/ui/dialog";
import type { Account } from "#lib/accounts/schema";
import type { Locale } from "#lib/i18n/schema";
import type { Post } from "#lib/posts/schema";

type ComposeDialogProps = {
  accounts: Account[];
  /** The networks' own names. */
  labels: Record<string, string>;
  locale: Locale;
  text: PostsText;
  onSent: () => void;
  onClose: () => void;
};

/** From the text to what became of it. What is written is not lost by a slip. */
export function ComposeDialog({ accounts, labels, locale, text, onSent, onClose }: ComposeDialogProps) {
  const newDraft = (accountId = accounts.find(({ is_valid }) => is_valid)?.account_id ?? "") => createDraft(accountId);
  const [draft, setDraft] = useState<Draft>(newDraft);
  const [fault, setFault] = useState<Fault>();
  const [post, setPost] = useState<Post>();
  const [isLeaving, setIsLeaving] = useState(false);
  const { send, isBusy } = useSendPost();
  const isUnsaved = !post && isWritten(draft);
  const words = text.compose;
  useDraftGuard(isUnsaved);

  const dismiss = () => {
    if (isBusy) return;
    if (isUnsaved) setIsLeaving(true);
    else onClose();
  };
  const submit = async () => {
    if (draft.isLater && !toMoment(draft)) return setFault({ place: "when", sentence: words.chooseTime });
    setFault(undefined);
    const sent = await send(draft);
    if (sent.post) setPost(sent.post);
    else setFault(findFault(sent, draft, text));
    onSent();
  };
  const toAnother = (next: Draft) => {
    setDraft(next);
    setPost(undefined);
  };

  return (
    <Dialog
      title={post ? words.results[post.status].title : words.title}
      closeLabel={text.dialog.close}
      onDismiss={dismiss}
      isWide
    >
      {post ? (
        <ComposeResult
          post={post}
          locale={locale}
          text={text}
          onBack={() => toAnother(draft)}
          onAnother={() => toAnother(newDraft(draft.accountId))}
          onClose={onClose}
        />
      ) : (
        <ComposeForm
          {...{ draft, fault, accounts, labels, isBusy, text }}
          onChange={setDraft}
          onSubmit={() => void submit()}
          onCancel={dismiss}
        />
      )}
      {isLeaving && <LeaveDraftDialog text={text} onStay={() => setIsLeaving(false)} onLeave={onClose} />}
    </Dialog>
  );
}
