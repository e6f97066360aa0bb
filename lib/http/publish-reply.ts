import { settings } from "#lib/env";
import { ApiError } from "#lib/errors";
import type { Reply } from "#lib/http/operation";
import { type Preference, readPreference } from "#lib/http/read-preference";
import { finishIdempotent } from "#lib/idempotency/find-idempotent";
import { type Author, createPost } from "#lib/posts/create-post";
import type { CreatedPost, Post } from "#lib/posts/schema";
import type { Draft } from "#lib/posts/to-draft";
import { publishNow } from "#lib/publishing/publish-now";
import { waitForPost } from "#lib/publishing/wait-for-post";

// Longer than the rest of a request takes, so that it is over when a request that was cut off leaves it behind.
const BUSY_MARGIN_SECONDS = 5;

const MESSAGES: Partial<Record<Post["status"], string>> = {
  published: "Post published successfully",
  scheduled: "Post scheduled successfully",
  cancelled: "Post was cancelled",
  unknown: "The network did not say whether it published the post",
};

/** Accepts a draft, waits for the network as long as the client prefers, and tells how far it came. Throws as `publishedReply` does. */
export const publishReply = async (
  author: Author,
  draft: Draft,
  call: { request: Request; idempotencyKey: string | undefined },
): Promise<Reply<CreatedPost>> => {
  const preference = readPreference(call.request.headers);
  const busySeconds = preference.waitSeconds + BUSY_MARGIN_SECONDS;
  const idempotency = call.idempotencyKey === undefined ? undefined : { key: call.idempotencyKey, busySeconds };
  const begun = performance.now();
  const { postId, isReplayed } = await createPost(author, draft, idempotency, preference.waitSeconds);
  const waitSeconds = Math.max(0, preference.waitSeconds - (performance.now() - begun) / 1000);
  try {
    const headers = {
      Location: `${settings().publicUrl}/v2/posts/${postId}`,
      ...(isReplayed && { "Idempotent-Replayed": "true" }),
    };
    return await publishedReply(author, postId, { ...preference, waitSeconds }, headers);
  } finally {
    if (idempotency && !isReplayed) await finishIdempotent({ ...author, scope: "posts", key: idempotency.key });
  }
};

/**
 * Waits for a post that was committed and tells how far it came. Throws 502 with the post in `data` when the network
 * refused it meanwhile.
 */
export const publishedReply = async (
  { userId }: Author,
  postId: string,
  { waitSeconds, applied }: Preference,
  given: Record<string, string> = {},
): Promise<Reply<CreatedPost>> => {
  const headers = { ...given, ...(applied && { "Preference-Applied": applied }) };
  const underWay = settings().publishesPosts ? publishNow(postId) : undefined;
  const post = await waitForPost({ userId, postId }, waitSeconds * 1000, underWay);
  if (post.status === "failed") {
    const name = post.error_name === "TokenExpired" ? "TokenExpired" : "PublishingFailed";
    throw new ApiError(name, post.error ?? "The network refused the post.", { headers, members: { data: post } });
  }
  const message = MESSAGES[post.status] ?? "Post accepted; it is being published";
  return { body: { success: true, message, postSubmissionId: post.id, data: post }, headers };
};
