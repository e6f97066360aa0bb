import { hash } from "node:crypto";
import { z } from "zod";
import { blueskyOptionsSchema } from "#lib/networks/bluesky/options";
import type { Prepared } from "#lib/networks/bluesky/prepare";
import { callServer, ownServer, ServerError } from "#lib/networks/bluesky/server";
import type { ConnectedAccount, PublishedPart, Submission } from "#lib/networks/connector";

/** The collection that holds posts. */
export const POSTS = "app.bsky.feed.post";

const SELF_LABELS = "com.atproto.label.defs#selfLabels";

/** The record of a part. */
export const toRecord = (submission: Submission, { facets, embed }: Prepared): Record<string, unknown> => {
  const { part, thread, createdAt } = submission;
  const { langs, labels } = blueskyOptionsSchema.parse(submission.options ?? {});
  return {
    $type: POSTS,
    text: part.text,
    createdAt: createdAt.toISOString(),
    ...(facets.length > 0 && { facets }),
    ...(embed && { embed }),
    ...(langs && { langs }),
    ...(labels && { labels: { $type: SELF_LABELS, values: labels.map((val) => ({ val })) } }),
    ...(thread && { reply: { root: thread.root.reference, parent: thread.parent.reference } }),
  };
};

/** Writes the record under its own key, so writing it again changes nothing. */
export const publish = async (
  account: ConnectedAccount,
  submission: Submission,
  prepared: Prepared,
): Promise<PublishedPart> => {
  const recordKey = toRecordKey(submission);
  const input = {
    repo: account.networkUserId,
    collection: POSTS,
    rkey: recordKey,
    record: toRecord(submission, prepared),
  };
  const written = await callServer(
    {
      server: ownServer(account),
      method: "com.atproto.repo.putRecord",
      token: account.credential.accessJwt,
      input,
      isFinal: true,
    },
    recordSchema,
  );
  return toPublishedPart(account, recordKey, written);
};

/** Looks for the record under its key. If there is none, it may be sent again: a late first write would change nothing. */
export const reconcile = async (
  account: ConnectedAccount,
  submission: Submission,
): Promise<PublishedPart | "resend"> => {
  const recordKey = toRecordKey(submission);
  const query = { repo: account.networkUserId, collection: POSTS, rkey: recordKey };
  try {
    const record = await callServer(
      { server: ownServer(account), method: "com.atproto.repo.getRecord", query },
      recordSchema,
    );
    return toPublishedPart(account, recordKey, record);
  } catch (thrown) {
    if (thrown instanceof ServerError && thrown.code === "RecordNotFound") return "resend";
    throw thrown;
  }
};

/** The reference to a record, which a reply must contain. */
const recordSchema = z.object({ uri: z.string().startsWith("at://"), cid: z.string() });

/** Converts a record to a published part. */
export const toPublishedPart = (
  { networkUserId }: ConnectedAccount,
  recordKey: string,
  { uri, cid }: z.infer<typeof recordSchema>,
): PublishedPart => ({
  networkPostId: uri,
  // The DID is used, because a handle may pass to another account.
  url: `https://bsky.app/profile/${networkUserId}/post/${recordKey}`,
  reference: { uri, cid },
});

const ALPHABET = "234567abcdefghijklmnopqrstuvwxyz";
const LENGTH = 13;
/** A timestamp identifier (TID), as the protocol defines it. */
const RECORD_KEY = /^[234567a-j][234567a-z]{12}$/;

// About eighteen minutes in microseconds. The key's time lies anywhere in the window before acceptance, so posts of one
// account that are accepted together still get different keys.
const WINDOW_BITS = 30n;
const PART_BITS = 5n;

/**
 * The record key of a part: a timestamp identifier derived only from the post, its time and the part. The part is therefore
 * the same record, however often and from wherever it is written. Keys sort in the order of the parts.
 */
export const toRecordKey = ({
  postId,
  index,
  acceptedAt,
  identity,
}: Pick<Submission, "postId" | "index" | "acceptedAt" | "identity">): string => {
  // Parts that were in progress before keys were derived already have one.
  if (RECORD_KEY.test(identity)) return identity;
  const bits = hash("sha256", postId, "buffer").readBigUInt64BE();
  const window = ((BigInt(acceptedAt.getTime()) * 1000n) >> WINDOW_BITS) - 1n;
  const place = ((bits >> 10n) & ((1n << (WINDOW_BITS - PART_BITS)) - 1n)) << PART_BITS;
  const microseconds = (window << WINDOW_BITS) + place + BigInt(index);
  return toText((microseconds << 10n) | (bits & 1023n));
};

function toText(value: bigint): string {
  let key = "";
  for (let rest = value; key.length < LENGTH; rest >>= 5n) key = `${ALPHABET[Number(rest & 31n)]}${key}`;
  return key;
}
