import type { Reply } from "#lib/http/operation";
import type { CreatedPost, Post } from "#lib/posts/schema";

/** What is answered to whoever cancelled a post. */
export const toCancelledReply = (post: Post): Reply<CreatedPost> => ({
  body: { success: true, message: "Post cancelled successfully", postSubmissionId: post.id, data: post },
});
