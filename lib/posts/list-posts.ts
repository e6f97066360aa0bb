import { z } from "zod";
import { database } from "#lib/db/database";
import type { Prisma } from "#lib/db/generated/client";
import { isUuid } from "#lib/db/sql-values";
import { ApiError } from "#lib/errors";
import type { Locale } from "#lib/i18n/schema";
import { BUILT_IN_NETWORK, listConnectors } from "#lib/networks/registry";
import { POST_STATUSES, type Post, type PostDetail, type PostFilter } from "#lib/posts/schema";
import { POST_DETAIL_INCLUDE, POST_INCLUDE, toPost, toPostDetail } from "#lib/posts/to-post";
import { rule, say } from "#lib/problems/problem";

/** Lists the organization's posts that match, newest first, with the total count. */
export const listPosts = async (
  organizationId: string,
  selection: PostSelection,
  { skip, take }: { skip: number; take: number },
): Promise<{ count: number; posts: Post[] }> => {
  const { prisma } = await database();
  const where = await toPostWhere(organizationId, selection);
  const orderBy = [{ createdAt: "desc" as const }, { id: "desc" as const }];
  const [count, rows] = await prisma.$transaction([
    prisma.post.count({ where }),
    prisma.post.findMany({ where, include: POST_INCLUDE, orderBy, skip, take }),
  ]);
  return { count, posts: rows.map((row) => toPost(row)) };
};

/** Lists the organization's posts that match, with all their attempts, newest first, and the total count. */
export const listPostDetails = async (
  organizationId: string,
  selection: PostSelection,
  { skip, take, locale }: { skip: number; take: number; locale?: Locale | undefined },
): Promise<{ count: number; posts: PostDetail[] }> => {
  const { prisma } = await database();
  const where = await toPostWhere(organizationId, selection);
  const orderBy = [{ createdAt: "desc" as const }, { id: "desc" as const }];
  const [count, rows] = await prisma.$transaction([
    prisma.post.count({ where }),
    prisma.post.findMany({ where, include: POST_DETAIL_INCLUDE, orderBy, skip, take }),
  ]);
  return { count, posts: rows.map((row) => toPostDetail(row, locale)) };
};

/** Counts the posts that one of the organization's keys has made since a moment, and returns the newest of them. */
export const listKeyPosts = async (
  organizationId: string,
  keyId: string,
  since: Date,
  take: number,
): Promise<{ count: number; newest: Post[] }> => {
  if (!isUuid(keyId)) return { count: 0, newest: [] };
  const { prisma } = await database();
  const where = { organizationId, keyId, createdAt: { gte: since } };
  const orderBy = [{ createdAt: "desc" as const }, { id: "desc" as const }];
  const [count, rows] = await prisma.$transaction([
    prisma.post.count({ where }),
    prisma.post.findMany({ where, include: POST_INCLUDE, orderBy, take }),
  ]);
  return { count, newest: rows.map((row) => toPost(row)) };
};

const FEED_LENGTH = 50;

/** Lists the posts on the organization's sandbox account, newest first. Returns null when it has no such account. */
export const listSandboxFeed = async (organizationId: string, accountId: string): Promise<Post[] | null> => {
  if (!isUuid(accountId)) return null;
  const { prisma } = await database();
  const account = await prisma.socialAccount.findFirst({
    where: { id: accountId, organizationId, network: BUILT_IN_NETWORK },
  });
  if (!account) return null;
  const rows = await prisma.post.findMany({
    where: { accountId, organizationId, status: "published" },
    include: POST_INCLUDE,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: FEED_LENGTH,
  });
  return rows.map((row) => toPost(row));
};

/** Returns one of the organization's posts. Throws the same 404 for unknown, foreign and malformed ids. */
export const getPost = async (organizationId: string, postId: string | undefined, locale?: Locale): Promise<Post> => {
  const { prisma } = await database();
  const row = isUuid(postId)
    ? await prisma.post.findFirst({ where: { id: postId, organizationId }, include: POST_INCLUDE })
    : null;
  if (!row) throw new ApiError("NotFound", say("post_not_found"));
  return toPost(row, locale);
};

/** Returns the organization's posts with these ids, in the same order, without those that do not exist. */
export const getPosts = async (organizationId: string, postIds: string[], locale?: Locale): Promise<Post[]> => {
  const { prisma } = await database();
  const rows = await prisma.post.findMany({ where: { id: { in: postIds }, organizationId }, include: POST_INCLUDE });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return postIds.flatMap((id) => byId.get(id) ?? []).map((row) => toPost(row, locale));
};

const networks = listConnectors().map(({ network }) => network);

/** The filters of `GET /v2/posts`. */
export const postFilterSchema = z.object({
  status: z.enum(POST_STATUSES).optional(),
  platform: z.enum(networks).optional(),
  account_id: z.uuid({ error: rule("id_of_account") }).optional(),
  group_id: z.uuid({ error: rule("id_of_group") }).optional(),
});

/** The filters of the console's list. `id` selects a single post, so that each post has its own address. */
export const ownPostFilterSchema = postFilterSchema.extend({
  id: z.uuid({ error: rule("id_of_post") }).optional(),
});

type SearchParams = Record<string, string | string[] | undefined>;

/** Parses the query of the posts page. An invalid filter is ignored, and `isUnderstood` is then false. */
export const readPostQuery = (given: SearchParams): { filter: PostFilter; page: number; isUnderstood: boolean } => {
  // The form also submits its empty fields.
  const filled = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ""));
  const { success: isUnderstood, data: filter = {} } = ownPostFilterSchema.safeParse(filled);
  const page = typeof given.page === "string" && /^[1-9]\d{0,6}$/.test(given.page) ? Number(given.page) : 1;
  return { filter, page, isUnderstood };
};

/** A selection of an organization's posts. */
export type PostSelection = {
  id?: string | undefined;
  status?: (typeof POST_STATUSES)[number] | undefined;
  network?: string | undefined;
  accountId?: string | undefined;
  groupId?: string | undefined;
};

/** What a filter, of the API or of the posts page, selects. */
export const toSelection = ({ platform, account_id, group_id, ...same }: PostFilter): PostSelection => ({
  ...same,
  ...{ network: platform, accountId: account_id, groupId: group_id },
});

/** Turns a selection into a condition on one organization's rows. */
const toPostWhere = async (
  organizationId: string,
  { id, status, network, accountId, groupId }: PostSelection,
): Promise<Prisma.PostWhereInput> => ({
  organizationId,
  ...(id !== undefined && { id }),
  ...(status !== undefined && { status }),
  ...(groupId !== undefined && { groupId }),
  AND: [
    accountId === undefined ? {} : { accountId },
    network === undefined ? {} : { accountId: { in: await listAccountIds(organizationId, network) } },
  ],
});

// A join with posts would read the whole accounts table.
async function listAccountIds(organizationId: string, network: string): Promise<string[]> {
  const { prisma } = await database();
  const accounts = await prisma.socialAccount.findMany({ where: { organizationId, network }, select: { id: true } });
  return accounts.map(({ id }) => id);
}
