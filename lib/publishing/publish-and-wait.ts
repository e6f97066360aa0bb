import { setTimeout } from "node:timers/promises";
import { hasRoom, keepUnderWay, wake } from "#lib/due/work-off";
import { settings } from "#lib/env";
import { finishIdempotent } from "#lib/idempotency/find-idempotent";
import { log, toLogFields } from "#lib/log";
import type { Author } from "#lib/posts/accept-post";
import { createGroup, type GroupDraft } from "#lib/posts/create-group";
import { createPost, type Idempotency } from "#lib/posts/create-post";
import { getPost, getPosts } from "#lib/posts/list-posts";
import { type Again, retryPost } from "#lib/posts/retry-post";
import type { Post } from "#lib/posts/schema";
import type { Draft } from "#lib/posts/to-draft";
import { toPost } from "#lib/posts/to-post";
import { type ClaimedPost, POSTS } from "#lib/publishing/due-posts";
import { publishClaimed, publishPost } from "#lib/publishing/publish-post";

// Longer than the rest of a request takes. A key that an interrupted request leaves behind is not released too early.
const BUSY_MARGIN_SECONDS = 5;
const LOOK_MILLISECONDS = 250;

/** How long a caller waits for the network, and the key by which the server recognises a repeated request. */
type WaitOptions = { waitSeconds: number; idempotencyKey: string | undefined };

// A request that does not wait is answered before a client could retry it.
function toIdempotency({ waitSeconds, idempotencyKey: key }: WaitOptions): Idempotency | undefined {
  return key === undefined ? undefined : { key, busySeconds: waitSeconds > 0 ? waitSeconds + BUSY_MARGIN_SECONDS : 0 };
}

/**
 * Accepts a draft, publishes it in this process if it is due and there is room, waits for the network, and returns the
 * post's latest known state. Once the post is committed, nothing makes this throw.
 */
export const publishAndWait = async (
  author: Author,
  draft: Draft,
  options: WaitOptions,
): Promise<{ post: Post; isReplayed: boolean }> => {
  const { waitSeconds } = options;
  const end = performance.now() + waitSeconds * 1000;
  const idempotency = toIdempotency(options);
  const publishesHere = settings().publishesPosts;
  const created = await createPost(author, draft, idempotency, {
    waitSeconds,
    canClaim: (accountId) => publishesHere && hasRoom(POSTS, accountId),
  });
  if ("earlierId" in created) {
    const earlier = await getPost(author.organizationId, created.earlierId, author.locale);
    return { post: await waitFor(author, earlier, end, undefined), isReplayed: true };
  }
  const { claimId } = created.post;
  const claimed = claimId && { ...created.post, claimId, isLate: false, isFresh: true };
  const work = claimed
    ? keepUnderWay(POSTS, { id: claimed.id, lane: claimed.accountId }, publishClaimed(claimed))
    : undefined;
  if (created.post.status === "queued") wake(POSTS);
  const post = await waitFor(author, toPost(created.post, author.locale), end, work);
  if (idempotency && isMoving(post)) await letRepeat(author, idempotency);
  return { post, isReplayed: false };
};

/**
 * Accepts a draft for several accounts, which the workers publish, waits for the networks, and returns the group's posts in
 * the order of the accounts, as far as they are known. Once they are committed, nothing makes this throw.
 */
export const publishGroupAndWait = async (
  author: Author,
  draft: GroupDraft,
  options: WaitOptions,
): Promise<{ posts: Post[]; isReplayed: boolean }> => {
  const { waitSeconds } = options;
  const end = performance.now() + waitSeconds * 1000;
  const idempotency = toIdempotency(options);
  const { posts: committed, isReplayed } = await createGroup(author, draft, idempotency, waitSeconds);
  wake(POSTS);
  const posts = await watch(author, committed, end);
  if (idempotency && posts.some(isMoving)) await letRepeat(author, idempotency);
  return { posts, isReplayed };
};

/** Retries a post, publishes it here if possible, waits for the network, and returns the post's latest known state. */
export const retryAndWait = async (
  author: Author,
  postId: string | undefined,
  again: Again,
  waitSeconds: number,
): Promise<Post> => {
  const taken = await retryPost(author, postId, again);
  const work = settings().publishesPosts ? publishPost(taken.id) : undefined;
  return waitFor(author, taken, performance.now() + waitSeconds * 1000, work);
};

async function waitFor(
  author: Author,
  committed: Post,
  end: number,
  work: Promise<ClaimedPost | undefined> | undefined,
): Promise<Post> {
  const seenTo = await Promise.race([work, work && sleep(Math.max(0, end - performance.now()))]);
  const [post = committed] = await watch(author, [seenTo ? toPost(seenTo, author.locale) : committed], end);
  return post;
}

// Returns the posts once none is about to change by itself, the time is up, or the process is stopping. They are already
// committed, so if they cannot be read, the last known states are returned.
async function watch({ organizationId, locale }: Author, committed: Post[], end: number): Promise<Post[]> {
  let posts = committed;
  try {
    while (posts.some(isMoving) && performance.now() < end && !waits.signal.aborted) {
      await sleep(Math.min(LOOK_MILLISECONDS, end - performance.now()));
      const ids = posts.map(({ id }) => id);
      const now = await getPosts(organizationId, ids, locale);
      if (now.length < ids.length) return posts;
      posts = now;
    }
  } catch (error) {
    log("warn", "A post could not be read after it was committed", toLogFields(error));
  }
  return posts;
}

function isMoving({ status }: Post): boolean {
  return status === "queued" || status === "publishing";
}

// If this write fails, the key only stays busy for as long as the request might have taken.
async function letRepeat({ organizationId }: Author, { key, busySeconds }: Idempotency): Promise<void> {
  if (busySeconds === 0) return;
  try {
    await finishIdempotent({ organizationId, scope: "posts", key });
  } catch (error) {
    log("warn", "An idempotency key could not be released; it stays locked for a few seconds", toLogFields(error));
  }
}

const waits = new AbortController();

/** Ends all current and future waits, so that waiting callers get an answer before the process stops. */
export const endWaits = (): void => waits.abort();

async function sleep(milliseconds: number): Promise<undefined> {
  return setTimeout(milliseconds, undefined, { signal: waits.signal, ref: false }).catch(() => undefined);
}
