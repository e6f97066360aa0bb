import { settings } from "#lib/env";
import { ApiError } from "#lib/errors";
import type { Reply } from "#lib/http/operation";
import { type Preference, readPreference } from "#lib/http/read-preference";
import type { Author } from "#lib/posts/accept-post";
import type { Again } from "#lib/posts/retry-post";
import type { CreatedPost, Post } from "#lib/posts/schema";
import type { Draft } from "#lib/posts/to-draft";
import { type Problem, say } from "#lib/problems/problem";
import { publishAndWait, retryAndWait } from "#lib/publishing/publish-and-wait";

const MESSAGES: Partial<Record<Post["status"], string>> = {
  published: "Post published successfully",
  scheduled: "Post scheduled successfully",
  cancelled: "Post was cancelled",
  unknown: "The network did not say whether it published the post",
};

/** Accepts a draft, waits for the network as long as the client prefers, and tells how far it came. Throws as `retryReply` does. */
export const publishReply = async (
  author: Author,
  draft: Draft,
  { request, idempotencyKey }: { request: Request; idempotencyKey: string | undefined },
): Promise<Reply<CreatedPost>> => {
  const preference = readPreference(request.headers);
  const { waitSeconds } = preference;
  const { post, isReplayed } = await publishAndWait(author, draft, { waitSeconds, idempotencyKey });
  return toReply(post, preference, {
    Location: `${settings().publicUrl}/v2/posts/${post.id}`,
    ...(isReplayed && { "Idempotent-Replayed": "true" }),
  });
};

/**
 * Takes a post up again, waits for the network as long as the client prefers, and tells how far it came. Throws 502 with the
 * post in `data` when the network refused it meanwhile.
 */
export const retryReply = async (
  author: Author,
  call: { request: Request; postId: string | undefined; again: Again },
): Promise<Reply<CreatedPost>> => {
  const preference = readPreference(call.request.headers);
  return toReply(await retryAndWait(author, call.postId, call.again, preference.waitSeconds), preference);
};

function toReply(post: Post, { applied }: Preference, given: Record<string, string> = {}): Reply<CreatedPost> {
  const headers = { ...given, ...(applied && { "Preference-Applied": applied }) };
  if (post.status === "failed") {
    const name = post.error_name === "TokenExpired" ? "TokenExpired" : "PublishingFailed";
    throw new ApiError(name, toRefusal(post), { headers, members: { data: post } });
  }
  const message = MESSAGES[post.status] ?? "Post accepted; it is being published";
  return { body: { success: true, message, postSubmissionId: post.id, data: post }, headers };
}

// The post has its sentence, in the language of whoever is answered; the code of it stays with its row.
function toRefusal({ error }: Post): Problem {
  return error === null ? say("post_refused") : say("post_refused_with", { said: error });
}
