import { setTimeout } from "node:timers/promises";
import { getPost } from "#lib/posts/get-post";
import type { Post } from "#lib/posts/schema";

const LOOK_MILLISECONDS = 250;

/** The post as it is once its state will not change by itself soon, or when the time is over. */
export const waitForPost = async (
  { userId, postId }: { userId: string; postId: string },
  waitMilliseconds: number,
  underWay: Promise<void> | undefined,
): Promise<Post> => {
  const end = Date.now() + waitMilliseconds;
  const isOver = setTimeout(waitMilliseconds, undefined, { ref: false });
  await Promise.race([underWay, isOver]);
  for (;;) {
    const post = await getPost(userId, postId);
    const isMoving = post.status === "queued" || post.status === "publishing";
    if (!isMoving || Date.now() >= end) return post;
    await Promise.race([setTimeout(LOOK_MILLISECONDS), isOver]);
  }
};
