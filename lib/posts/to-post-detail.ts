import type { Prisma } from "#lib/db/generated/client";
import { toMoment } from "#lib/db/to-moment";
import type { Locale } from "#lib/i18n/schema";
import { type PostDetail, postDetailSchema } from "#lib/posts/schema";
import { POST_INCLUDE, toPost } from "#lib/posts/to-post";
import { tellStored } from "#lib/problems/stored-problem";

/** What `toPostDetail` needs beside the row itself. */
export const POST_DETAIL_INCLUDE = {
  ...POST_INCLUDE,
  account: { select: { network: true, username: true, displayName: true } },
  attemptRows: { orderBy: { number: "asc" } },
} as const satisfies Prisma.PostInclude;

type PostDetailRow = Prisma.PostGetPayload<{ include: typeof POST_DETAIL_INCLUDE }>;

/** What the console may show of a post's row. */
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
