import type { PublishedPart, Submission } from "#lib/networks/connector";
import { callApi } from "#lib/networks/mastodon/call-api";
import { statusSchema, toPublishedPart } from "#lib/networks/mastodon/status";
import type { Session } from "#lib/networks/mastodon/to-session";
import { NetworkError } from "#lib/networks/network-error";

const MILLISECONDS = 30_000;
const publishedSchema = statusSchema.pick({ id: true, url: true });

/** Publishes a text with media that were uploaded before. Throws `NetworkError`. */
export const publishStatus = async (
  session: Session,
  { part, identity, thread }: Submission,
  mediaIds: string[],
): Promise<PublishedPart> => {
  const answer = await callApi(session, "/api/v1/statuses", {
    method: "POST",
    headers: { "Idempotency-Key": identity },
    json: {
      status: part.text,
      ...(mediaIds.length > 0 && { media_ids: mediaIds }),
      ...(thread && { in_reply_to_id: thread.parent.reference.id }),
    },
    isIrreversible: true,
    timeoutMilliseconds: MILLISECONDS,
    idleMilliseconds: MILLISECONDS,
  });
  const { data } = publishedSchema.safeParse(answer.json);
  if (!data) throw new NetworkError("uncertain", "The server gave an answer that makes no sense.");
  return toPublishedPart(data, session.serverUrl);
};
