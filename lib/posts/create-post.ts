import { randomUUID } from "node:crypto";
import { getAccount } from "#lib/accounts/get-account";
import { openAccount } from "#lib/accounts/refresh-credential";
import { currentMoment, currentTime } from "#lib/clock";
import type { SocialAccount } from "#lib/db/generated/client";
import { type Claim, findIdempotent, toBodyHash } from "#lib/idempotency/find-idempotent";
import type { PostPart } from "#lib/networks/connector";
import { BUILT_IN_NETWORK, getConnector } from "#lib/networks/registry";
import { type Acceptance, type Author, acceptPost, type FirstPart } from "#lib/posts/accept-post";
import { checkDraft, checkOptions } from "#lib/posts/check-draft";
import { checkMedia } from "#lib/posts/check-media";
import type { Part } from "#lib/posts/schema";
import { type Draft, toOptions } from "#lib/posts/to-draft";
import { toWholePost, type WholePost } from "#lib/posts/to-post";

/** The idempotency key of a request, and how long the first request with it may take to be answered. */
export type Idempotency = { key: string; busySeconds: number };

type Circumstances = {
  /** How long the caller waits. Checking media takes no longer than this allows. */
  waitSeconds?: number;
  /** Whether this process has room to publish for the account. */
  canClaim?: (accountId: string) => boolean;
};

/** The new post, or the id of the post that an earlier request with the same idempotency key made. */
type Created = { post: WholePost } | { earlierId: string };

/**
 * Accepts a draft and returns the committed post. This process claims the post if `canClaim` says that it has room;
 * otherwise a worker will. A draft that the network would refuse is rejected before the commit. A repeated idempotency key
 * returns the earlier post, whatever has happened to its account since.
 */
export const createPost = async (
  author: Author,
  draft: Draft,
  idempotency: Idempotency | undefined,
  { waitSeconds = 0, canClaim = () => false }: Circumstances = {},
): Promise<Created> => {
  const claim = idempotency && toClaim(author, draft, idempotency);
  const earlierId = claim && (await findIdempotent(claim));
  if (earlierId) return { earlierId };
  const account = await getAccount(author.organizationId, draft.accountId);
  checkOptions(draft, [account]);
  checkDraft(draft, account);
  const postId = randomUUID();
  const warnings = await checkMedia(draft, account, { postId, waitSeconds });
  const { parts, scheduledAt } = draft;
  const options = toOptions(draft, account.network);
  const acceptance: Acceptance = {
    ...{ author, accountId: account.id, parts, scheduledAt, options, warnings },
    ...(await toBeginning(postId, draft, account, canClaim)),
    idempotency: idempotency ? { ...idempotency, bodyHash: toBodyHash(draft) } : null,
  };
  const { post, keyName } = await acceptPost(acceptance);
  if (post) return { post: toWholePost(acceptance, account, keyName, post) };
  // A concurrent request with the same key was first.
  const madeMeanwhile = claim && (await findIdempotent(claim));
  if (madeMeanwhile) return { earlierId: madeMeanwhile };
  return createPost(author, draft, idempotency, { waitSeconds, canClaim });
};

/** What an idempotency key of a request to publish applies to. */
export const toClaim = ({ organizationId }: Author, draft: Draft, { key }: Idempotency): Claim => ({
  ...{ organizationId, scope: "posts", key },
  body: draft,
});

/** A part as connectors see it. */
export const toPostPart = ({ text, mediaUrls, altTexts }: Part): PostPart => ({
  text,
  media: mediaUrls.map((url, index) => ({ url, altText: altTexts[index] ?? "" })),
});

/** The identity of a part at its network. It is the same for every process and every attempt. */
export const toIdentity = (postId: string, index: number): string => `${postId}-${index}`;

// Publishing to the built-in network means writing the row, so it is done in the accepting statement. A first part without
// media needs no preparation on most networks, so it passes its boundary as soon as it is accepted.
async function toBeginning(
  postId: string,
  { parts, scheduledAt }: Draft,
  account: SocialAccount,
  canClaim: (accountId: string) => boolean,
): Promise<Pick<Acceptance, "postId" | "claimId" | "firstParts" | "isDone">> {
  const nothing = { postId, claimId: null, firstParts: [], isDone: false };
  const isLater = scheduledAt !== null && scheduledAt.getTime() > currentTime() + 1000;
  if (isLater || !canClaim(account.id)) return nothing;
  const claimId = randomUUID();
  if (account.network === BUILT_IN_NETWORK) {
    return { postId, claimId, firstParts: await publishBuiltIn(postId, parts, account), isDone: true };
  }
  const isPrepared = parts[0].mediaUrls.length > 0 || getConnector(account.network).preparesText;
  if (isPrepared) return { ...nothing, claimId };
  return { ...nothing, claimId, firstParts: [{ index: 0, identity: toIdentity(postId, 0) }] };
}

async function publishBuiltIn(postId: string, parts: Part[], account: SocialAccount): Promise<FirstPart[]> {
  const [connector, opened, now] = [getConnector(account.network), openAccount(account), currentMoment()];
  const publish = async (part: Part, index: number): Promise<FirstPart> => {
    const identity = toIdentity(postId, index);
    const submission = { postId, index, identity, thread: undefined, acceptedAt: now, createdAt: now };
    return { index, identity, ...(await connector.publish(opened, { ...submission, part: toPostPart(part) }, null)) };
  };
  return Promise.all(parts.map(publish));
}
