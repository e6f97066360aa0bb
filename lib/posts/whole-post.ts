import type { Prisma, SocialAccount } from "#lib/db/generated/client";
import type { Acceptance, Accepted } from "#lib/posts/accept-post";
import { toEnglish } from "#lib/problems/tell-problem";

/** What is read of a post by whoever publishes it. */
export const WHOLE_POST_INCLUDE = {
  account: true,
  key: { select: { id: true, name: true } },
  publishedParts: { orderBy: { index: "asc" } },
} as const satisfies Prisma.PostInclude;

/** A post's row with everything that its publishing and its answer need. */
export type WholePost = Prisma.PostGetPayload<{ include: typeof WHOLE_POST_INCLUDE }>;

/** A post as its acceptance has written it, without reading it again. */
export const toWholePost = (
  { author, postId, parts, warnings, scheduledAt, claimId, firstParts, isDone }: Acceptance,
  account: SocialAccount,
  keyName: string | null,
  { status, createdAt }: NonNullable<Accepted["post"]>,
): WholePost => {
  const isBegun = status === "published" || status === "publishing";
  const publishedAt = status === "published" ? createdAt : null;
  const areWritten = status === "published" || (status === "publishing" && !isDone);
  return {
    ...{ id: postId, userId: author.userId, accountId: account.id, keyId: author.keyId, status, parts },
    ...{ warnings: warnings.map(toEnglish), warningProblems: warnings, problem: null },
    ...{ attempts: isBegun ? 1 : 0, failures: 0, errorName: null, error: null, createdAt, scheduledAt, publishedAt },
    ...{ claimId: status === "publishing" ? claimId : null, wakeAt: null, account },
    key: author.keyId === null ? null : { id: author.keyId, name: keyName ?? "" },
    publishedParts: (areWritten ? firstParts : []).map(({ index, identity, networkPostId, url, reference }) => ({
      ...{ postId, index, identity, identityAt: createdAt, boundaryAt: createdAt, publishedAt },
      ...{ networkPostId: networkPostId ?? null, url: url ?? null, reference: (reference as object) ?? null },
    })),
  };
};
