import { z } from "zod";
import { markRevoked, openAccount } from "#lib/accounts/refresh-credential";
import { ClaimLostError, withRenewedClaim } from "#lib/due/claim";
import { keepUnderWay } from "#lib/due/work-off";
import { log, toLogFields } from "#lib/log";
import { MediaError } from "#lib/media/media-error";
import type { PublishedPart, Thread } from "#lib/networks/connector";
import { NetworkError } from "#lib/networks/network-error";
import { BUILT_IN_NETWORK, getConnector } from "#lib/networks/registry";
import { toIdentity, toPostPart } from "#lib/posts/create-post";
import { partsSchema } from "#lib/posts/schema";
import { type Problem, say } from "#lib/problems/problem";
import { decideNext, type Next, OutcomeUnknownError } from "#lib/publishing/decide-next";
import { type ClaimedPost, claimPost, markStep, POSTS } from "#lib/publishing/due-posts";
import { type PublishContext, publishPart } from "#lib/publishing/publish-part";
import { type Ending, settlePost } from "#lib/publishing/settle-post";

/**
 * Sees to a post if it is due: publishes what is left of it and writes down what came of it. Undefined when it is not due,
 * settled, or another process's. Never throws: what could not be written down is taken up when the claim lapses.
 */
export const publishPost = async (postId: string): Promise<ClaimedPost | undefined> => {
  const claiming = claimPost(postId);
  const work = claiming.then((post) => post && publishClaimed(post));
  return keepUnderWay(POSTS, { id: postId, lane: (await claiming.catch(() => undefined))?.accountId ?? "" }, work);
};

/** Sees to a post that was claimed, and returns it as it is then. Throws `ClaimLostError`. */
export const publishClaimed = (post: ClaimedPost): Promise<ClaimedPost> =>
  withRenewedClaim(POSTS, post, async () => {
    markStep("claimed", post.id);
    await (isMissed(post) ? settleMissed(post) : publishAndSettle(post));
    return post;
  });

// What may have been sent is asked about, however late it is.
function isMissed({ isLate, publishedParts }: ClaimedPost): boolean {
  return isLate && !publishedParts.some(({ boundaryAt, publishedAt }) => boundaryAt && !publishedAt);
}

function settleMissed(post: ClaimedPost): Promise<void> {
  const reason = say("post_missed");
  return settlePost(post, { status: "failed", errorName: "MissedSchedule", reason });
}

async function publishAndSettle(post: ClaimedPost): Promise<void> {
  let context: PublishContext | undefined;
  try {
    context = openContext(post);
    await publishParts(context);
  } catch (error) {
    if (error instanceof ClaimLostError) throw error;
    return settleFailure(post, error, context);
  }
  await settlePost(post, { status: "published", unrecorded: context.unrecorded });
  if (context.unrecorded.length > 0) markStep("recorded", post.id);
}

// Throws `NetworkError` when the account was disconnected.
function openContext(post: ClaimedPost): PublishContext {
  const connector = getConnector(post.account.network);
  const account = openAccount(post.account);
  return { post, connector, account, stage: "preparing", index: 0, mayBeThere: false, unrecorded: [] };
}

// The parts that the network does not have yet, one after the other, each answering the one before.
async function publishParts(context: PublishContext): Promise<void> {
  const { post, connector, account, unrecorded } = context;
  const parts = partsSchema.parse(post.parts);
  const done = post.publishedParts.filter(({ publishedAt }) => publishedAt).map(toPublishedPart);
  for (const [index, given] of parts.entries()) {
    if (index < done.length) continue;
    context.index = index;
    const part = toPostPart(given);
    const [root, parent] = [done[0], done.at(-1)];
    const thread: Thread | undefined = root && parent && { root, parent };
    if (post.account.network === BUILT_IN_NETWORK) {
      // Nothing happens there until it is written, so that there is no boundary.
      const identity = toIdentity(post.id, index);
      const moments = { acceptedAt: post.createdAt, createdAt: post.createdAt };
      const submission = { postId: post.id, index, part, identity, thread, ...moments };
      const published = await connector.publish(account, submission, null);
      unrecorded.push({ index, identity, published });
      done.push(published);
    } else {
      done.push(await publishPart(context, part, { thread, isLast: index === parts.length - 1 }));
    }
  }
}

const referenceSchema = z.record(z.string(), z.string());

// What was recorded of a published part, as its connector gave it.
function toPublishedPart({ networkPostId, url, reference }: ClaimedPost["publishedParts"][number]): PublishedPart {
  return { networkPostId: networkPostId ?? "", url: url ?? "", reference: referenceSchema.parse(reference ?? {}) };
}

/** Writes down what becomes of a post whose attempt failed, and that its account was revoked when that is why. */
const settleFailure = async (post: ClaimedPost, error: unknown, context: PublishContext | undefined): Promise<void> => {
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
