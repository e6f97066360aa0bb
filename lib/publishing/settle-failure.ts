import { markRevoked } from "#lib/accounts/mark-revoked";
import { log, toLogFields } from "#lib/log";
import { MediaError } from "#lib/media/media-error";
import { NetworkError } from "#lib/networks/network-error";
import { type Problem, say } from "#lib/problems/problem";
import { decideNext, type Next, OutcomeUnknownError } from "#lib/publishing/decide-next";
import type { ClaimedPost } from "#lib/publishing/due-posts";
import type { PublishContext } from "#lib/publishing/publish-part";
import { type Ending, settlePost } from "#lib/publishing/settle-post";

/** Writes down what becomes of a post whose attempt failed, and that its account was revoked when that is why. */
export const settleFailure = async (
  post: ClaimedPost,
  error: unknown,
  context: PublishContext | undefined,
): Promise<void> => {
  const failures = post.failures + 1;
  const next = decideNext(error, {
    stage: context?.stage ?? "preparing",
    mayBeThere: context?.mayBeThere ?? false,
    failures,
    attempts: post.attempts,
    now: new Date(),
    chance: Math.random(),
  });
  const ending: Ending = {
    ...toEnding(next),
    reason: toReason(error),
    isFailure: next.state !== "later" || next.isFailure,
    unsentPart: next.isUnsent ? context?.index : undefined,
  };
  const revoked = error instanceof NetworkError && error.reason === "revoked" ? context?.account : undefined;
  await settlePost(post, ending, revoked && ((tx) => markRevoked(tx, revoked)));
};

function toEnding(next: Next): Ending {
  if (next.state === "later") {
    return { status: next.asksFirst ? "publishing" : "queued", waitMilliseconds: next.waitMilliseconds };
  }
  return { status: next.state, errorName: next.state === "unknown" ? "OutcomeUnknown" : next.errorName };
}

// Only what was written for the user is shown to them.
function toReason(error: unknown): Problem {
  const isForUsers =
    error instanceof NetworkError || error instanceof MediaError || error instanceof OutcomeUnknownError;
  if (isForUsers) return error.problem;
  log("error", "Publishing failed for a reason that nobody foresaw", toLogFields(error));
  return say("post_fault_here");
}
