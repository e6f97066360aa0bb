import { settings } from "#lib/env";
import { ApiError } from "#lib/errors";
import type { Reply } from "#lib/http/operation";
import type { RequestHeaders, RouteRequest } from "#lib/http/route";
import type { Author } from "#lib/posts/accept-post";
import type { Again } from "#lib/posts/retry-post";
import type { CreatedGroup, CreatedPost, Post } from "#lib/posts/schema";
import type { Draft } from "#lib/posts/to-draft";
import { type Problem, say } from "#lib/problems/problem";
import { publishAndWait, publishGroupAndWait, retryAndWait } from "#lib/publishing/publish-and-wait";

const MESSAGES: Partial<Record<Post["status"], string>> = {
  published: "Post published successfully",
  scheduled: "Post scheduled successfully",
  cancelled: "Post was cancelled",
  unknown: "The network did not say whether it published the post",
};

/**
 * Accepts a draft, waits for the network as long as the client prefers, and reports the post's state. Throws as `retryReply`
 * does.
 */
export const publishReply = async (
  author: Author,
  draft: Draft,
  { request, idempotencyKey }: { request: RouteRequest; idempotencyKey: string | undefined },
): Promise<Reply<CreatedPost | CreatedGroup>> => {
  const preference = readPreference(request.headers);
  const { waitSeconds } = preference;
  const { accountIds } = draft;
  if (accountIds) {
    const group = await publishGroupAndWait(author, { ...draft, accountIds }, { waitSeconds, idempotencyKey });
    return toGroupReply(group, preference);
  }
  const { post, isReplayed } = await publishAndWait(author, draft, { waitSeconds, idempotencyKey });
  return toReply(post, preference, {
    Location: `${settings().publicUrl}/v2/posts/${post.id}`,
    ...(isReplayed && { "Idempotent-Replayed": "true" }),
  });
};

/**
 * Retries a post, waits for the network as long as the client prefers, and reports the post's state. Throws 502 with the
 * post in `data` when the network has refused it.
 */
export const retryReply = async (
  author: Author,
  call: { request: RouteRequest; postId: string | undefined; again: Again },
): Promise<Reply<CreatedPost>> => {
  const preference = readPreference(call.request.headers);
  return toReply(await retryAndWait(author, call.postId, call.again, preference.waitSeconds), preference);
};

// Its posts succeed and fail apart from each other, so the answer is about what was accepted.
function toGroupReply(
  { posts, isReplayed }: { posts: Post[]; isReplayed: boolean },
  { applied }: Preference,
): Reply<CreatedGroup> {
  const groupId = posts[0]?.group_id ?? "";
  const published = posts.filter(({ status }) => status === "published").length;
  const message =
    published === posts.length
      ? "Posts published successfully"
      : `Posts accepted; ${published} of ${posts.length} are published, see the status of each`;
  const headers = {
    Location: `${settings().publicUrl}/v2/posts?group_id=${groupId}`,
    ...(isReplayed && { "Idempotent-Replayed": "true" }),
    ...(applied && { "Preference-Applied": applied }),
  };
  return { body: { success: true, message, groupId, data: posts }, headers };
}

function toReply(post: Post, { applied }: Preference, given: Record<string, string> = {}): Reply<CreatedPost> {
  const headers = { ...given, ...(applied && { "Preference-Applied": applied }) };
  if (post.status === "failed") {
    const name = post.error_name === "TokenExpired" ? "TokenExpired" : "PublishingFailed";
    throw new ApiError(name, toRefusal(post), { headers, members: { data: post } });
  }
  const message = MESSAGES[post.status] ?? "Post accepted; it is being published";
  return { body: { success: true, message, postSubmissionId: post.id, data: post }, headers };
}

// The post already holds its sentence in the caller's language. The error's code stays in its row.
function toRefusal({ error }: Post): Problem {
  return error === null ? say("post_refused") : say("post_refused_with", { said: error });
}

/** What a client prefers about waiting (RFC 7240 §4.1 and §4.3), and the value that confirms it. */
type Preference = { waitSeconds: number; applied: string | undefined };

const DEFAULT_WAIT_SECONDS = 10;
const MAX_WAIT_SECONDS = 25;

/** Reads `Prefer`: `respond-async` does not wait; `wait=N` waits N seconds, at most 25. Anything else is ignored. */
const readPreference = (headers: RequestHeaders): Preference => {
  const preferences = (headers.get("prefer") ?? "").split(/[,;]/).map((preference) => preference.trim().toLowerCase());
  if (preferences.includes("respond-async")) return { waitSeconds: 0, applied: "respond-async" };
  const asked = preferences.map((preference) => /^wait\s*=\s*"?(\d{1,9})"?$/.exec(preference)?.[1]).find(Boolean);
  if (asked === undefined) return { waitSeconds: DEFAULT_WAIT_SECONDS, applied: undefined };
  const waitSeconds = Math.min(Number(asked), MAX_WAIT_SECONDS);
  return { waitSeconds, applied: `wait=${waitSeconds}` };
};

/** The reply to a request that cancelled a post. */
export const toCancelledReply = (post: Post): Reply<CreatedPost> => ({
  body: { success: true, message: "Post cancelled successfully", postSubmissionId: post.id, data: post },
});
