import { callApi, type Problem } from "#components/console/call-api";
import type { PostsText } from "#components/posts/posts-text";

const TOO_LATE_STATUS = 409;

/** Cancels, retries, checks or force-publishes a post. Returns the problem if that failed. */
export const actOnPost = async (
  postId: string,
  how: "cancel" | "retry" | "check" | "force",
  { posts }: PostsText,
): Promise<Problem | undefined> => {
  const path = `/api/posts/${postId}`;
  const { problem } = await (how === "cancel"
    ? callApi("DELETE", path)
    : callApi("POST", `${path}/retry`, { body: { how } }));
  const isTooLate = problem?.kind === "refused" && problem.status === TOO_LATE_STATUS;
  return isTooLate ? { ...problem, message: posts.moved } : problem;
};
