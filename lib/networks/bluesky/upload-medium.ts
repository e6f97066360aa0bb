import { Readable } from "node:stream";
import { z } from "zod";
import { MediaError } from "#lib/media/media-error";
import type { OpenedMedium } from "#lib/media/opened-medium";
import { callServer } from "#lib/networks/bluesky/call-server";
import { ownServer } from "#lib/networks/bluesky/own-server";
import type { ConnectedAccount } from "#lib/networks/connector";
import { say } from "#lib/problems/problem";

const answerSchema = z.object({ blob: z.record(z.string(), z.unknown()) });

/** What a record names an uploaded medium by. */
export type Blob = z.infer<typeof answerSchema>["blob"];

/**
 * Sends the medium of an address to the account's server as it comes. Throws `MediaError` when its type is not taken or it
 * is too large, at once where that is known, and when it breaks off.
 */
export const uploadMedium = async (account: ConnectedAccount, url: string, medium: OpenedMedium): Promise<Blob> => {
  const { type, bytes } = medium;
  const { media_types, image_bytes, video_bytes } = account.capabilities;
  const limit = (type.startsWith("video/") ? video_bytes : image_bytes) ?? Number.POSITIVE_INFINITY;
  if (!media_types.includes(type))
    throw new MediaError("InvalidMediaType", url, say("medium_type_bluesky", { url, type }));
  if (bytes !== undefined && bytes > limit) throw tooLarge(url, limit);
  const body = Readable.from(upTo(limit, url, medium));
  const { blob } = await callServer(
    {
      server: ownServer(account),
      method: "com.atproto.repo.uploadBlob",
      token: account.credential.accessJwt,
      upload: { type, bytes, body },
    },
    answerSchema,
  ).catch((thrown) => {
    // Why the body ended, rather than that the request did.
    throw body.errored instanceof MediaError ? body.errored : thrown;
  });
  return blob;
};

async function* upTo(limit: number, url: string, { body }: OpenedMedium): AsyncGenerator<Uint8Array> {
  let sent = 0;
  try {
    for await (const chunk of body) {
      sent += chunk.length;
      if (sent > limit) throw tooLarge(url, limit);
      yield chunk;
    }
  } catch (thrown) {
    if (thrown instanceof MediaError) throw thrown;
    throw new MediaError("MediaDownloadFailed", url, say("medium_cut", { url }), { mayCome: true, cause: thrown });
  }
}

function tooLarge(url: string, limit: number): MediaError {
  return new MediaError("MediaTooLarge", url, say("medium_bytes_bluesky", { url, most: limit }));
}
