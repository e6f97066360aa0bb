import { setTimeout } from "node:timers/promises";
import { getPost } from "#lib/posts/get-post";
import type { Post } from "#lib/posts/schema";

const LOOK_MILLISECONDS = 250;

// Next compiles its own copy of this module; the process stops once.
const shared = globalThis as { boringWaits?: AbortController };

/** The post as it is once its state will not change by itself soon, or when the time is over or the process stops. */
export const waitForPost = async (
  { userId, postId }: { userId: string; postId: string },
  waitMilliseconds: number,
  underWay: Promise<void> | undefined,
): Promise<Post> => {
  const end = Date.now() + waitMilliseconds;
  await Promise.race([underWay, sleep(waitMilliseconds)]);
  for (;;) {
    const post = await getPost(userId, postId);
    const isMoving = post.status === "queued" || post.status === "publishing";
    if (!isMoving || Date.now() >= end || ending().aborted) return post;
    await sleep(Math.min(LOOK_MILLISECONDS, end - Date.now()));
  }
};

/** Ends every wait now and from now on, so that whoever waits is answered before the process stops. */
export const endWaits = (): void => {
  ending();
  shared.boringWaits?.abort();
};

async function sleep(milliseconds: number): Promise<void> {
  await setTimeout(milliseconds, undefined, { signal: ending(), ref: false }).catch(() => {});
}

function ending(): AbortSignal {
  shared.boringWaits ??= new AbortController();
  return shared.boringWaits.signal;
}
