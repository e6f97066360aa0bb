import type { ConnectedAccount, PublishedPart, Submission } from "#lib/networks/connector";
import { callApi, type Session, toSession } from "#lib/networks/mastodon/call-api";
import { mastodonOptionsSchema } from "#lib/networks/mastodon/options";
import { isAtWork, toAtWork } from "#lib/networks/mastodon/prepare-media";
import { statusSchema, toPublishedPart } from "#lib/networks/mastodon/status";
import { NetworkError } from "#lib/networks/network-error";
import { say } from "#lib/problems/problem";

const MILLISECONDS = 30_000;
const publishedSchema = statusSchema.pick({ id: true, url: true });

/** Publishes a text with media that were uploaded before. Throws `NetworkError`. */
export const publishStatus = async (
  account: ConnectedAccount,
  submission: Submission,
  mediaIds: string[],
): Promise<PublishedPart> => {
  const session = toSession(account);
  const { part, identity, thread } = submission;
  const { visibility, spoiler_text, sensitive, language } = mastodonOptionsSchema.parse(submission.options ?? {});
  const answer = await callApi(session, "/api/v1/statuses", {
    method: "POST",
    headers: { "Idempotency-Key": identity },
    json: {
      status: part.text,
      ...{ visibility, spoiler_text, sensitive, language },
      ...(mediaIds.length > 0 && { media_ids: mediaIds }),
      ...(thread && { in_reply_to_id: thread.parent.reference.id }),
    },
    isIrreversible: true,
    timeoutMilliseconds: MILLISECONDS,
    idleMilliseconds: MILLISECONDS,
  }).catch(async (thrown) => {
    if (!(await isTooEarly(thrown, session, mediaIds))) throw thrown;
    throw toAtWork(mediaIds);
  });
  const { data } = publishedSchema.safeParse(answer.json);
  if (!data) throw new NetworkError("uncertain", say("server_senseless"));
  return toPublishedPart(data, session.serverUrl);
};

// The message of such a refusal is in the author's language, so the state of the media is also checked.
async function isTooEarly(thrown: unknown, session: Session, mediaIds: string[]): Promise<boolean> {
  if (!(thrown instanceof NetworkError) || thrown.reason !== "refused" || mediaIds.length === 0) return false;
  return /not finished processing/i.test(thrown.message) || isAtWork(session, mediaIds).catch(() => false);
}
