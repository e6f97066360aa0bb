import { callServer } from "#lib/networks/bluesky/call-server";
import { ownServer } from "#lib/networks/bluesky/own-server";
import { POSTS } from "#lib/networks/bluesky/publish";
import { ServerError } from "#lib/networks/bluesky/server-error";
import { recordSchema, toPublishedPart } from "#lib/networks/bluesky/to-published-part";
import { toRecordKey } from "#lib/networks/bluesky/to-record-key";
import type { ConnectedAccount, PublishedPart, Submission } from "#lib/networks/connector";

/** Looks for the record under its key. Where there is none it may be written, even if it should arrive after all. */
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
