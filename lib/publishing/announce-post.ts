import type { Prisma } from "#lib/db/generated/client";
import { POST_INCLUDE, toPost } from "#lib/posts/to-post";
import { announce } from "#lib/webhooks/announce";

/** Tells whoever subscribed to it how a post ended, with the transaction that writes it. */
export const announcePost = async (tx: Prisma.TransactionClient, postId: string): Promise<void> => {
  const row = await tx.post.findUniqueOrThrow({ where: { id: postId }, include: POST_INCLUDE });
  const { status } = row;
  if (status !== "published" && status !== "failed" && status !== "unknown") return;
  await announce(tx, row.userId, `post.${status}`, toPost(row));
};
