"use client";

import { useState } from "react";
import { ComposeForm } from "#components/posts/compose-form";
import { ComposeResult } from "#components/posts/compose-result";
import { createDraft, isWritten, toMoment } from "#components/posts/draft";
import { type Fault, findFault } from "#components/posts/find-fault";
import { forgetDraft } from "#components/posts/kept-draft";
import { LeaveDraftDialog } from "#components/posts/leave-draft-dialog";
import type { PostsText } from "#components/posts/posts-text";
import { useDraft } from "#components/posts/use-draft";
import { useDraftGuard } from "#components/posts/use-draft-guard";
import { useSendPost } from "#components/posts/use-send-post";
import { Dialog } from "#components/ui/dialog";
import type { Account } from "#lib/accounts/schema";
import type { Locale } from "#lib/i18n/schema";
import type { Post } from "#lib/posts/schema";

type ComposeDialogProps = {
  owner: string;
  accounts: Account[];
  /** The networks' display names. */
  labels: Record<string, string>;
  locale: Locale;
  text: PostsText;
  onSent: () => void;
  onClose: () => void;
};

/** Leads from writing a post to its result. A slip does not lose the text. */
export function ComposeDialog({ owner, accounts, labels, locale, text, onSent, onClose }: ComposeDialogProps) {
  const isPossible = (accountId: string) => accounts.some((one) => one.account_id === accountId && one.is_valid);
  const newDraft = (accountId = accounts.find(({ is_valid }) => is_valid)?.account_id ?? "") => createDraft(accountId);
  const { draft, isRestored, change, restart } = useDraft(owner, newDraft, isPossible);
  const [fault, setFault] = useState<Fault>();
  const [post, setPost] = useState<Post>();
  const [isLeaving, setIsLeaving] = useState(false);
  const { send, isBusy } = useSendPost(owner);
  const isUnsaved = !post && isWritten(draft);
  const words = text.compose;
  useDraftGuard(isUnsaved);

  const dismiss = () => {
    if (isBusy) return;
    if (isUnsaved) setIsLeaving(true);
    else discard();
  };
  const submit = async () => {
    if (draft.isLater && !toMoment(draft)) return setFault({ place: "when", sentence: words.chooseTime });
    setFault(undefined);
    const sent = await send(draft);
    if (sent.post) setPost(sent.post);
    else setFault(findFault(sent, draft, text));
    // The user can change a post that its network refused and send it again, so its draft is kept until the user declines.
    if (sent.post && sent.post.status !== "failed") forgetDraft(owner);
    onSent();
  };
  const discard = () => {
    forgetDraft(owner);
    onClose();
  };
  const begin = () => {
    restart(newDraft(draft.accountId));
    setFault(undefined);
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
          onBack={() => setPost(undefined)}
          onAnother={begin}
          onClose={discard}
        />
      ) : (
        <ComposeForm
          {...{ draft, fault, accounts, labels, isBusy, text }}
          onRestart={isRestored ? begin : undefined}
          onChange={(changed) => {
            setFault(undefined);
            change(changed);
          }}
          onSubmit={() => void submit()}
          onCancel={dismiss}
        />
      )}
      {isLeaving && (
        <LeaveDraftDialog text={text} onStay={() => setIsLeaving(false)} onKeep={onClose} onDiscard={discard} />
      )}
    </Dialog>
  );
}
