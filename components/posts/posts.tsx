"use client";

import { lazy, Suspense, useState, useTransition } from "react";
import { TellZone } from "#components/calendar/tell-zone";
import type { Problem } from "#components/console/call-api";
import { ProblemContent } from "#components/console/problem-note";
import { useInOrganization } from "#components/organizations/organization-scope";
import { KeptDraftNotice } from "#components/posts/kept-draft-notice";
import { PostActions } from "#components/posts/post-actions";
import type { OpenDialog } from "#components/posts/post-dialogs";
import { PostFilter } from "#components/posts/post-filter";
import { PostTable } from "#components/posts/post-table";
import { PostsEmpty } from "#components/posts/posts-empty";
import type { PostsText } from "#components/posts/posts-text";
import { toNews } from "#components/posts/to-news";
import { toPostsQuery } from "#components/posts/to-posts-query";
import { type PostList, useLivePosts } from "#components/posts/use-live-posts";
import { Button, buttonClass } from "#components/ui/button";
import { Notice } from "#components/ui/notice";
import { Pages, toRange } from "#components/ui/pages";
import { Toast, type ToastMessage } from "#components/ui/toast";
import type { Account } from "#lib/accounts/schema";
import type { Locale } from "#lib/i18n/schema";
import type { PostFilter as Filter } from "#lib/posts/schema";

// Most visits only read the page, so dialogs load when the pointer or the focus comes near their button.
const PostDialogs = lazy(() =>
  import("#components/posts/post-dialogs").then(({ PostDialogs }) => ({ default: PostDialogs })),
);
const prepare = () => void import("#components/posts/post-dialogs").catch(() => {});

type PostsProps = {
  /** Whose drafts this browser keeps. */
  owner: string;
  initial: PostList;
  filter: Filter;
  isUnderstood: boolean;
  page: number;
  pageSize: number;
  accounts: Account[];
  /** The networks' display names. */
  labels: Record<string, string>;
  locale: Locale;
  text: PostsText;
};

/** The organization's posts, kept up to date, with all their actions. */
export function Posts(props: PostsProps) {
  const { owner, initial, filter, isUnderstood, page, pageSize, accounts, labels, locale, text } = props;
  const path = useInOrganization()(`/api/posts?${toPostsQuery(filter, page)}`);
  const { list, changed, problem, refresh } = useLivePosts(initial, path);
  const [open, setOpen] = useState<OpenDialog>();
  const [isOpening, startOpening] = useTransition();
  const [toast, setToast] = useState<ToastMessage>();
  const words = text.posts;
  const show = (dialog: OpenDialog) => startOpening(() => setOpen(dialog));
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  const found = list.count > 0 ? toRange({ page, pageSize, count: list.count }, words) : words.none;
  return (
    <>
      <div className="mb-6 flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
        <div className="min-w-0 flex-1 basis-64">
          <h1 className="text-title font-semibold tracking-tight">{words.title}</h1>
          <p className="mt-1 text-muted">{words.lead}</p>
        </div>
        <div className="flex flex-wrap gap-2 max-sm:w-full max-sm:flex-col-reverse">
          <a href="/posts/calendar" className={buttonClass()}>
            {words.calendar}
          </a>
          <Button
            look="primary"
            isBusy={isOpening}
            onClick={() => show({ dialog: "compose" })}
            onPointerEnter={prepare}
            onFocus={prepare}
          >
            {words.compose}
          </Button>
        </div>
      </div>
      <TellZone />
      <p role="status" className="sr-only">
        {toNews(changed, words)}
      </p>
      {!open && <KeptDraftNotice owner={owner} text={words} onContinue={() => show({ dialog: "compose" })} />}
      <Notices {...{ isUnderstood, problem, text }} />
      <section aria-label={words.title} className="rounded-card border border-line bg-surface">
        {(isFiltered || list.count > 0 || page > 1) && (
          <PostFilter filter={filter} found={found} accounts={accounts} labels={labels} text={words} />
        )}
        {list.posts.length === 0 ? (
          <PostsEmpty isFiltered={isFiltered || page > 1} text={words} />
        ) : (
          <PostTable
            posts={list.posts}
            {...{ labels, locale, text }}
            toActions={(post) => (
              <PostActions post={post} text={text} onNear={prepare} onShow={show} onSay={setToast} onDone={refresh} />
            )}
          />
        )}
        <Pages
          {...{ page, pageSize, count: list.count }}
          toHref={(to) => `/posts?${toPostsQuery(filter, to)}`}
          text={words}
        />
      </section>
      <Suspense>
        {open && (
          <PostDialogs
            {...{ open, owner, accounts, labels, locale, text }}
            onChanged={refresh}
            onClose={() => setOpen(undefined)}
          />
        )}
      </Suspense>
      <Toast message={toast} dismissLabel={text.problem.dismiss} onDismiss={() => setToast(undefined)} />
    </>
  );
}

type NoticesProps = { isUnderstood: boolean; problem: Problem | undefined; text: PostsText };

function Notices({ isUnderstood, problem, text }: NoticesProps) {
  return (
    <>
      {!isUnderstood && (
        <Notice look="warn" className="mb-4">
          {text.posts.notUnderstood}
        </Notice>
      )}
      <div role="alert">
        {problem && (
          <Notice look="warn" className="mb-4">
            <span className="mr-1">{text.posts.stale}</span>
            <ProblemContent problem={problem} text={text} />
          </Notice>
        )}
      </div>
    </>
  );
}
