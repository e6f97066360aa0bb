import type { Prisma } from "#lib/db/generated/client";
import { toMoment } from "#lib/db/to-moment";
import { settings } from "#lib/env";
import type { Locale } from "#lib/i18n/schema";
import { type Post, partsSchema, postSchema } from "#lib/posts/schema";
import { tellStored } from "#lib/problems/stored-problem";

/** What `toPost` needs beside the row itself. */
export const POST_INCLUDE = {
  account: { select: { network: true } },
  key: { select: { id: true, name: true } },
  publishedParts: { orderBy: { index: "asc" } },
} as const satisfies Prisma.PostInclude;

type PostRow = Prisma.PostGetPayload<{ include: typeof POST_INCLUDE }>;

/** What may leave of a post's row; what went wrong in the language of who reads it in the console. */
export const toPost = (row: PostRow, locale?: Locale): Post => {
  const parts = partsSchema.parse(row.parts);
  const published = row.publishedParts
    .filter(({ publishedAt }) => publishedAt)
    .map(({ index, networkPostId, url }) => ({
      index,
      post_id: networkPostId,
      // The built-in network's addresses are paths of this installation, wherever that is reached.
      post_url: url && new URL(url, settings().publicUrl).href,
    }));
  return postSchema.parse({
    id: row.id,
    submission_id: row.id,
    status: row.status,
    account_id: row.accountId,
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
    warnings: row.warnings.map((warning, index) => tellStored(toList(row.warningProblems)[index], warning, locale)),
  });
};

function toList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
