"use client";

import type { ReactNode } from "react";
import { PostDetails } from "#components/posts/post-details";
import { PostState } from "#components/posts/post-state";
import { PostTimes } from "#components/posts/post-times";
import type { PostsText } from "#components/posts/posts-text";
import { toExcerpt } from "#components/posts/to-excerpt";
import { fill, type Locale } from "#lib/i18n/schema";
import type { PostDetail } from "#lib/posts/schema";

type PostRowProps = {
  post: PostDetail;
  /** The network's display name. */
  label: string;
  locale: Locale;
  text: PostsText;
  /** The post's actions. */
  children: ReactNode;
};

/** One post: its state, text, account, time and actions. */
export function PostRow({ post, label, locale, text, children }: PostRowProps) {
  const { posts: words } = text;
  return (
    <tr
      data-post={post.id}
      tabIndex={-1}
      className="border-b border-line align-top outline-none last:border-0 max-lg:block max-lg:p-4 sm:max-lg:px-6"
    >
      <td className="max-lg:block max-lg:pb-2 lg:w-36 lg:py-1.5 lg:pr-4 lg:pl-6">
        <PostState status={post.status} text={text} />
      </td>
      <td className="max-lg:block max-lg:pb-2 lg:py-1.5 lg:pr-4">
        <PostSummary post={post} text={text} />
        <div className="flex flex-wrap-reverse items-start gap-x-5">
          <PostDetails post={post} text={text} />
          {post.post_url && (
            <a
              href={post.post_url}
              target="_blank"
              rel="noreferrer"
              className="inline-flex min-h-11 items-center text-small text-accent underline underline-offset-4 mouse:min-h-6"
            >
              {fill(words.show, { network: label })}
            </a>
          )}
        </div>
      </td>
      <td data-label={words.columns.account} className="max-lg:py-1 lg:w-44 lg:py-1.5 lg:pr-4">
        <span className="min-w-0 wrap-anywhere">
          <span translate="no" className="lg:line-clamp-1">
            <bdi className="mr-1.5">{post.account.display_name}</bdi>
            {label !== post.account.display_name && <span className="text-small text-muted">{label}</span>}
          </span>
          {post.api_key ? (
            <a
              href={`/settings/keys/${post.api_key.id}`}
              className="inline-block text-small text-accent underline underline-offset-4 lg:line-clamp-1 pointer-coarse:py-2.5"
            >
              {fill(words.byKey, { name: post.api_key.name })}
            </a>
          ) : (
            <span className="block text-small text-muted">{words.byConsole}</span>
          )}
        </span>
      </td>
      <td data-label={words.columns.time} className="max-lg:py-1 lg:w-48 lg:py-1.5 lg:pr-4">
        <PostTimes post={post} locale={locale} text={words} />
      </td>
      <td className="max-lg:block lg:w-30 lg:py-1 lg:pr-6">{children}</td>
    </tr>
  );
}

function PostSummary({ post, text }: { post: PostDetail; text: PostsText }) {
  const { posts: words } = text;
  const { status, error, error_name: name, parts } = post;
  const isPartial = parts.length > 0 && status !== "published";
  const known: Record<string, string> = text.postErrors;
  const facts = [
    post.text.length > 1 && fill(words.thread, { count: post.text.length }),
    isPartial && fill(words.partial, { count: parts.length, total: post.text.length }),
    post.media_urls.length > 0 && fill(words.media, { count: post.media_urls.length }),
  ].filter((fact) => fact !== false);
  return (
    <>
      <p dir="auto" className="line-clamp-2 wrap-anywhere whitespace-pre-wrap">
        {toExcerpt(post, words)}
      </p>
      {facts.length > 0 && <p className="text-small text-muted">{facts.join(" · ")}</p>}
      {error && (
        <p className="text-small wrap-anywhere text-bad">
          {name && Object.hasOwn(known, name) && <span className="mr-1 font-medium">{known[name]}</span>}
          <span>{error}</span>
        </p>
      )}
    </>
  );
}
