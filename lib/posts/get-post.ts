import { database } from "#lib/db/database";
import { isUuid } from "#lib/db/is-uuid";
import { ApiError } from "#lib/errors";
import type { Locale } from "#lib/i18n/schema";
import type { Post } from "#lib/posts/schema";
import { POST_INCLUDE, toPost } from "#lib/posts/to-post";
import { say } from "#lib/problems/problem";

/** One of the user's posts. Unknown, foreign and malformed ids are the same 404. */
export const getPost = async (userId: string, postId: string | undefined, locale?: Locale): Promise<Post> => {
  const { prisma } = await database();
  const row = isUuid(postId)
    ? await prisma.post.findFirst({ where: { id: postId, userId }, include: POST_INCLUDE })
    : null;
  if (!row) throw new ApiError("NotFound", say("post_not_found"));
  return toPost(row, locale);
};
