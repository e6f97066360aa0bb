import type { Prisma } from "#lib/db/generated/client";
import { POST_INCLUDE, toPost } from "#lib/posts/to-post";
import type { ClaimedPost } from "#lib/publishing/claim-post";
import type { Queue } from "#lib/queue/open-queue";
import { announce } from "#lib/webhooks/announce";

/** Tells whoever subscribed to it how a post ended, with the transaction that writes it. */
export const announcePost = (
  queue: Queue,
  tx: Prisma.TransactionClient,
  { id, userId }: ClaimedPost,
  status: "published" | "failed" | "unknown",
): Promise<void> =>
  announce(queue, tx, userId, `post.${status}`, async () =>
    toPost(await tx.post.findUniqueOrThrow({ where: { id }, include: POST_INCLUDE })),
  );
