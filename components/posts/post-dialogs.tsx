"use client";

import { ComposeDialog } from "#components/posts/compose-dialog";
import { ConfirmDialog } from "#components/posts/confirm-dialog";
import type { PostsText } from "#components/posts/posts-text";
import type { Account } from "#lib/accounts/schema";
import type { Locale } from "#lib/i18n/schema";
import type { PostDetail } from "#lib/posts/schema";

/** The open dialog and its post. */
export type OpenDialog = { dialog: "compose" } | { dialog: "cancel" | "force"; post: PostDetail };

type PostDialogsProps = {
  open: OpenDialog;
  /** Whose drafts this browser keeps. */
  owner: string;
  accounts: Account[];
  labels: Record<string, string>;
  locale: Locale;
  text: PostsText;
  /** Something was sent, so the list is outdated. */
  onChanged: () => void;
  onClose: () => void;
};

/** The dialogs of the page, which are loaded on demand. */
export function PostDialogs({ open, owner, accounts, labels, locale, text, onChanged, onClose }: PostDialogsProps) {
  if (open.dialog === "compose") {
    return <ComposeDialog {...{ owner, accounts, labels, locale, text, onClose }} onSent={onChanged} />;
  }
  return <ConfirmDialog post={open.post} what={open.dialog} text={text} onDone={onChanged} onClose={onClose} />;
}
