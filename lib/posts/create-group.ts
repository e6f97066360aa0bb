import { randomUUID } from "node:crypto";
import { getAccount } from "#lib/accounts/get-account";
import { database } from "#lib/db/database";
import type { SocialAccount } from "#lib/db/generated/client";
import { ApiError } from "#lib/errors";
import { findIdempotent, toBodyHash } from "#lib/idempotency/find-idempotent";
import { type Acceptance, type Author, acceptPosts } from "#lib/posts/accept-post";
import { checkDraft, checkOptions } from "#lib/posts/check-draft";
import { checkMedia } from "#lib/posts/check-media";
import { type Idempotency, toClaim } from "#lib/posts/create-post";
import type { Post } from "#lib/posts/schema";
import { type Draft, toOptions } from "#lib/posts/to-draft";
import { POST_INCLUDE, toPost, toWholePost } from "#lib/posts/to-post";

/** A draft for several accounts. */
export type GroupDraft = Draft & { accountIds: string[] };

/** The posts of a group in the order of the draft's accounts, and whether an earlier request made them. */
type CreatedGroup = { posts: Post[]; isReplayed: boolean };

/**
 * Accepts a draft for several accounts as one post each, all of them or none, and leaves them to the workers. A draft that one
 * of the networks would refuse is rejected with the `account_id` concerned. A repeated idempotency key returns the earlier
 * group.
 */
export const createGroup = async (
  author: Author,
  draft: GroupDraft,
  idempotency: Idempotency | undefined,
  waitSeconds: number,
): Promise<CreatedGroup> => {
  const claim = idempotency && toClaim(author, draft, idempotency);
  const earlierId = claim && (await findIdempotent(claim));
  if (earlierId) return { posts: inOrder(draft, await listGroupOf(author, earlierId)), isReplayed: true };
  const accounts = await findAccounts(author.organizationId, draft.accountIds);
  checkOptions(draft, accounts);
  const chosen = await Promise.all(accounts.map((account) => prepare(draft, account, waitSeconds)));
  // Everybody locks accounts in the same order.
  chosen.sort((a, b) => (a.account.id < b.account.id ? -1 : 1));
  const { parts, scheduledAt } = draft;
  const common = { author, parts, scheduledAt, groupId: randomUUID() };
  const acceptances = chosen.map(
    ({ account, postId, warnings }, index): Acceptance => ({
      ...{ ...common, postId, warnings, accountId: account.id, options: toOptions(draft, account.network) },
      ...{ claimId: null, firstParts: [], isDone: false },
      idempotency: index === 0 && idempotency ? { ...idempotency, bodyHash: toBodyHash(draft) } : null,
    }),
  );
  const accepted = await acceptPosts(acceptances);
  // A concurrent request with the same key was first.
  if (!accepted) return createGroup(author, draft, idempotency, waitSeconds);
  const posts = accepted.map(({ acceptance, post, keyName }, index) => {
    const account = chosen[index]?.account as SocialAccount;
    return toPost(toWholePost(acceptance, account, keyName, post), author.locale);
  });
  return { posts: inOrder(draft, posts), isReplayed: false };
};

async function findAccounts(organizationId: string, accountIds: string[]): Promise<SocialAccount[]> {
  return Promise.all(
    accountIds.map((accountId, index) =>
      getAccount(organizationId, accountId).catch((error) => {
        if (!(error instanceof ApiError)) throw error;
        throw new ApiError(error.code, error.problem, { fields: { [`post.accountIds.${index}`]: [error.problem] } });
      }),
    ),
  );
}

async function prepare(draft: GroupDraft, account: SocialAccount, waitSeconds: number) {
  const postId = randomUUID();
  try {
    checkDraft(draft, account);
    return { account, postId, warnings: await checkMedia(draft, account, { postId, waitSeconds }) };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    // What is a fault for one network may be none for another.
    const { code, problem, fields = {}, headers } = error;
    const members = { ...error.members, account_id: account.id };
    throw new ApiError(code, problem, { fields, headers, members, cause: error });
  }
}

async function listGroupOf({ organizationId, locale }: Author, postId: string): Promise<Post[]> {
  const { prisma } = await database();
  const { groupId } = await prisma.post.findFirstOrThrow({ where: { id: postId, organizationId } });
  const rows = await prisma.post.findMany({ where: { groupId, organizationId }, include: POST_INCLUDE });
  return rows.map((row) => toPost(row, locale));
}

function inOrder({ accountIds }: GroupDraft, posts: Post[]): Post[] {
  const places = new Map(accountIds.map((id, index) => [id.toLowerCase(), index]));
  return posts.toSorted((a, b) => (places.get(a.account_id) ?? 0) - (places.get(b.account_id) ?? 0));
}
