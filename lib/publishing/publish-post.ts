import { log, toLogFields } from "#lib/log";
import { type ClaimedPost, claimPost } from "#lib/publishing/claim-post";
import { ClaimLostError } from "#lib/publishing/lease";
import { markStep } from "#lib/publishing/mark-step";
import { openWay, type Way } from "#lib/publishing/open-way";
import { publishParts } from "#lib/publishing/publish-parts";
import { withRenewedClaim } from "#lib/publishing/renew-claim";
import { settleFailure } from "#lib/publishing/settle-failure";
import { settlePost } from "#lib/publishing/settle-post";

const MISSED_AFTER_MILLISECONDS = 3_600_000;

/**
 * Sees to a post that is due: publishes what is left of it and writes down what came of it. Does nothing when it is not
 * due, settled, or another worker's. Never throws: what could not be written down is taken up when the claim lapses.
 */
export const publishPost = async (postId: string): Promise<void> => {
  try {
    const post = await claimPost(postId);
    if (!post) return;
    markStep("claimed", postId);
    await withRenewedClaim(post, () => (isMissed(post) ? settleMissed(post) : publishClaimed(post)));
  } catch (error) {
    if (error instanceof ClaimLostError) return;
    log("warn", "A post could not be seen to; it will be taken up again", toLogFields(error));
  }
};

// What was due long before this process started waited while nobody was there, and is not sent so late. What waits because
// there is much to do is sent, and what may have been sent is asked about, however late it is.
function isMissed({ before }: ClaimedPost): boolean {
  const isWaiting = before.status === "scheduled" || before.status === "queued";
  return isWaiting && before.dueAt.getTime() < performance.timeOrigin - MISSED_AFTER_MILLISECONDS;
}

function settleMissed(post: ClaimedPost): Promise<void> {
  const reason = "It was due while this installation was not running, more than an hour ago, so it was not published.";
  return settlePost(post, { status: "failed", errorName: "MissedSchedule", reason });
}

async function publishClaimed(post: ClaimedPost): Promise<void> {
  let way: Way | undefined;
  try {
    way = await openWay(post);
    await publishParts(way);
  } catch (error) {
    if (error instanceof ClaimLostError) throw error;
    return settleFailure(post, error, way);
  }
  await settlePost(post, { status: "published" });
}
