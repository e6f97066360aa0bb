import { callServer } from "#lib/networks/bluesky/call-server";
import { ownServer } from "#lib/networks/bluesky/own-server";
import type { Prepared } from "#lib/networks/bluesky/prepare";
import { recordSchema, toPublishedPart } from "#lib/networks/bluesky/to-published-part";
import { toRecordKey } from "#lib/networks/bluesky/to-record-key";
import type { ConnectedAccount, PublishedPart, Submission } from "#lib/networks/connector";

/** The collection that posts are kept in. */
export const POSTS = "app.bsky.feed.post";

/** Writes the record under the key that is its own, so that writing it again changes nothing. */
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

function toRecord({ part, thread, createdAt }: Submission, { facets, embed }: Prepared): Record<string, unknown> {
  return {
    $type: POSTS,
    text: part.text,
    createdAt: createdAt.toISOString(),
    ...(facets.length > 0 && { facets }),
    ...(embed && { embed }),
    ...(thread && { reply: { root: thread.root.reference, parent: thread.parent.reference } }),
  };
}
