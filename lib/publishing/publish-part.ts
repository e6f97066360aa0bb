import { refreshCredential } from "#lib/accounts/refresh-credential";
import { withMedia } from "#lib/media/with-media";
import type { ConnectedAccount, PostPart, PublishedPart, Submission, Thread } from "#lib/networks/connector";
import { NetworkError } from "#lib/networks/network-error";
import { listTaken } from "#lib/publishing/list-taken";
import { markStep } from "#lib/publishing/mark-step";
import type { Way } from "#lib/publishing/open-way";
import { OutcomeUnknownError } from "#lib/publishing/outcome-unknown-error";
import { recordPart } from "#lib/publishing/record-part";
import { writeBoundary } from "#lib/publishing/write-boundary";

/**
 * Publishes one part and records it. A part that may have been sent before is asked about first, and is not sent when the
 * network has it or nobody can tell. Throws `NetworkError`, `OutcomeUnknownError` or `ClaimLostError`.
 */
export const publishPart = async (way: Way, part: PostPart, thread: Thread | undefined): Promise<PublishedPart> => {
  const { post, connector, index } = way;
  const known = post.publishedParts.find((row) => row.index === index);
  const common = { postId: post.id, index, part, thread, acceptedAt: post.createdAt };
  if (known?.boundaryAt) {
    const found = await askFirst(way, { ...common, identity: known.identity, createdAt: known.identityAt });
    if (found) return found;
  }
  way.stage = "preparing";
  const uploaded = await call(way, (account) => withMedia((open) => connector.prepare(account, part, open)));
  markStep("prepared", post.id);
  const chosen = await writeBoundary(post, index, known?.identity ?? `${post.id}-${index}`);
  markStep("boundary", post.id);
  way.stage = "sending";
  const published = await call(way, (account) => connector.publish(account, { ...common, ...chosen }, uploaded));
  markStep("answered", post.id);
  await recordPart(post, index, published);
  markStep("recorded", post.id);
  return published;
};

async function askFirst(way: Way, submission: Submission): Promise<PublishedPart | undefined> {
  way.stage = "asking";
  const taken = await listTaken(way.account.accountId, submission.createdAt);
  const found = await call(way, (account) => way.connector.reconcile(account, { ...submission, taken }));
  if (found === "unknown") throw new OutcomeUnknownError();
  if (found === "resend") return undefined;
  await recordPart(way.post, submission.index, found);
  return found;
}

// An expired credential is refreshed once; the network did nothing with the call that it refused for it.
async function call<Result>(way: Way, toResult: (account: ConnectedAccount) => Promise<Result>): Promise<Result> {
  try {
    return await toResult(way.account);
  } catch (error) {
    if (!(error instanceof NetworkError) || error.reason !== "expired") throw error;
    way.account = await refreshCredential(way.account.accountId, way.account.credential);
    return toResult(way.account);
  }
}
