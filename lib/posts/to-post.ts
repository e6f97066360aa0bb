import type { Prisma, SocialAccount } from "#lib/db/generated/client";
import { toMoment } from "#lib/db/sql-values";
import { settings } from "#lib/env";
import type { Locale } from "#lib/i18n/schema";
import type { Acceptance, Accepted } from "#lib/posts/accept-post";
import { type Post, type PostDetail, partsSchema, postDetailSchema, postSchema } from "#lib/posts/schema";
import { tellStored, toEnglish } from "#lib/problems/tell-problem";

/** The relations that publishing reads with a post. */
export const WHOLE_POST_INCLUDE = {
  account: true,
  key: { select: { id: true, name: true } },
  author: { select: { id: true, name: true, email: true } },
  publishedParts: { orderBy: { index: "asc" } },
} as const satisfies Prisma.PostInclude;

/** A post's row with everything that publishing and responses need. */
export type WholePost = Prisma.PostGetPayload<{ include: typeof WHOLE_POST_INCLUDE }>;

/** Builds a post from what its acceptance wrote, without reading it back. */
export const toWholePost = (
  { author, postId, groupId, parts, options, warnings, scheduledAt, claimId, firstParts, isDone }: Acceptance,
  account: SocialAccount,
  keyName: string | null,
  { status, createdAt }: NonNullable<Accepted["post"]>,
): WholePost => {
  const isBegun = status === "published" || status === "publishing";
  const publishedAt = status === "published" ? createdAt : null;
  const areWritten = status === "published" || (status === "publishing" && !isDone);
  return {
    ...{
      id: postId,
      organizationId: author.organizationId,
      accountId: account.id,
      groupId: groupId ?? null,
      status,
      parts,
      options: (options ?? null) as Prisma.JsonValue,
    },
    ...{ keyId: author.keyId, authorId: author.user?.id ?? null, author: author.user ?? null },
    ...{ warnings: warnings.map(toEnglish), warningProblems: warnings, problem: null },
    ...{ attempts: isBegun ? 1 : 0, failures: 0, errorName: null, error: null, createdAt, scheduledAt, publishedAt },
    ...{ claimId: status === "publishing" ? claimId : null, wakeAt: null, account },
    key: author.keyId === null ? null : { id: author.keyId, name: keyName ?? "" },
    publishedParts: (areWritten ? firstParts : []).map(({ index, identity, networkPostId, url, reference }) => ({
      ...{ postId, index, identity, identityAt: createdAt, boundaryAt: createdAt, publishedAt },
      ...{
        networkPostId: networkPostId ?? null,
        url: url ?? null,
        handle: null,
        reference: (reference as object) ?? null,
      },
    })),
  };
};

/** The relations that `toPost` needs. */
export const POST_INCLUDE = {
  account: { select: { network: true } },
  key: { select: { id: true, name: true } },
  author: { select: { id: true, name: true, email: true } },
  publishedParts: { orderBy: { index: "asc" } },
} as const satisfies Prisma.PostInclude;

type PostRow = Prisma.PostGetPayload<{ include: typeof POST_INCLUDE }>;

/** Converts a post's row to its public shape. With a locale, its error is in that language, for the console. */
export const toPost = (row: PostRow, locale?: Locale): Post => {
  const parts = partsSchema.parse(row.parts);
  const published = row.publishedParts
    .filter(({ publishedAt }) => publishedAt)
    .map(({ index, networkPostId, url }) => ({
      index,
      post_id: networkPostId,
      // Addresses of the built-in network are paths, resolved against this installation's public URL.
      post_url: url && new URL(url, settings().publicUrl).href,
    }));
  return postSchema.parse({
    id: row.id,
    submission_id: row.id,
    status: row.status,
    account_id: row.accountId,
    group_id: row.groupId,
    platform: row.account.network,
    text: parts.map((part) => part.text),
    media_urls: parts.flatMap((part) => part.mediaUrls),
    media: parts.flatMap(({ mediaUrls, altTexts }, part) =>
      mediaUrls.map((url, index) => ({ part, url, alt_text: altTexts[index] ?? "" })),
    ),
    post_id: published[0]?.post_id ?? null,
    post_url: published[0]?.post_url ?? null,
    parts: published,
    scheduled_at: row.scheduledAt && toMoment(row.scheduledAt),
    created_at: toMoment(row.createdAt),
    published_at: row.publishedAt && toMoment(row.publishedAt),
    api_key: row.key,
    attempts: row.attempts,
    error: row.error && tellStored(row.problem, row.error, locale),
    error_name: row.errorName,
    author: row.author && { id: row.author.id, name: row.author.name ?? row.author.email },
    warnings: row.warnings.map((warning, index) => tellStored(toList(row.warningProblems)[index], warning, locale)),
  });
};

function toList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The relations that `toPostDetail` needs. */
export const POST_DETAIL_INCLUDE = {
  ...POST_INCLUDE,
  account: { select: { network: true, username: true, displayName: true } },
  attemptRows: { orderBy: { number: "asc" } },
} as const satisfies Prisma.PostInclude;

type PostDetailRow = Prisma.PostGetPayload<{ include: typeof POST_DETAIL_INCLUDE }>;

/** Converts a post's row to what the console may show. */
export const toPostDetail = (row: PostDetailRow, locale?: Locale): PostDetail =>
  postDetailSchema.parse({
    ...toPost(row, locale),
    account: { username: row.account.username, display_name: row.account.displayName },
    next_at: row.wakeAt && toMoment(row.wakeAt),
    attempt_log: row.attemptRows.map((attempt) => ({
      number: attempt.number,
      part: attempt.part,
      started_at: toMoment(attempt.startedAt),
      finished_at: attempt.finishedAt && toMoment(attempt.finishedAt),
      outcome: attempt.outcome,
      reason: attempt.reason && tellStored(attempt.problem, attempt.reason, locale),
    })),
  });
