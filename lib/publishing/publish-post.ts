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
 * Publishes what is left of a post if it is due, and records the outcome. Returns undefined when the post is not due, is
 * settled, or is held by another process. Never throws: if the outcome cannot be recorded, the post is claimed again after
 * the lease expires.
 */
export const publishPost = async (postId: string): Promise<ClaimedPost | undefined> => {
  const claiming = claimPost(postId);
  const work = claiming.then((post) => post && publishClaimed(post));
  return keepUnderWay(POSTS, { id: postId, lane: (await claiming.catch(() => undefined))?.accountId ?? "" }, work);
};

/** Publishes a claimed post and returns its new state. Throws `ClaimLostError`. */
export const publishClaimed = (post: ClaimedPost): Promise<ClaimedPost> =>
  withRenewedClaim(POSTS, post, async () => {
    markStep("claimed", post.id);
    await (isMissed(post) ? settleMissed(post) : publishAndSettle(post));
    return post;
  });

// A post that may have been sent is never missed: the network is asked instead.
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
  const { unrecorded, warnings } = context;
  await settlePost(post, { status: "published", unrecorded, warnings });
  if (unrecorded.length > 0) markStep("recorded", post.id);
}

// Throws `NetworkError` when the account was disconnected.
function openContext(post: ClaimedPost): PublishContext {
  const connector = getConnector(post.account.network);
  const account = openAccount(post.account);
  return { post, connector, account, stage: "preparing", index: 0, mayBeThere: false, unrecorded: [], warnings: [] };
}

// Publishes the parts that the network does not have yet, in order, each as a reply to the one before.
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
      // Publishing there means writing the row, so there is no boundary to record first.
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

// Restores a published part from its row, as its connector returned it.
function toPublishedPart({ networkPostId, url, reference }: ClaimedPost["publishedParts"][number]): PublishedPart {
  return { networkPostId: networkPostId ?? "", url: url ?? "", reference: referenceSchema.parse(reference ?? {}) };
}

/** Records what happens to a post after a failed attempt, and marks its account as revoked if that was the cause. */
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
    handle: error instanceof NetworkError ? error.handle : undefined,
    warnings: context?.warnings,
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

// Users see only messages that were written for them.
function toReason(error: unknown): Problem {
  const isForUsers =
    error instanceof NetworkError || error instanceof MediaError || error instanceof OutcomeUnknownError;
  if (isForUsers) return error.problem;
  log("error", "Publishing failed with an unexpected error", toLogFields(error));
  return say("post_fault_here");
}
