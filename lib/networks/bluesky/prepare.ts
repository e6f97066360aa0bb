import { Readable } from "node:stream";
import { z } from "zod";
import { MediaError } from "#lib/media/media-error";
import type { OpenedMedium } from "#lib/media/open-medium";
import { findDids } from "#lib/networks/bluesky/find-home";
import { callServer, ownServer } from "#lib/networks/bluesky/server";
import { type Facet, toFacets } from "#lib/networks/bluesky/to-facets";
import type { ConnectedAccount, PlannedPart, Preparation } from "#lib/networks/connector";
import { NetworkError } from "#lib/networks/network-error";
import { say } from "#lib/problems/problem";

/** The contents of a record besides its text. */
export type Prepared = { facets: Facet[]; embed: Record<string, unknown> | undefined };

type Uploaded = { type: string; alt: string; blob: Blob; aspectRatio: OpenedMedium["size"] };

/** Resolves the mentions in a text and uploads its media. */
export const prepare = async (
  account: ConnectedAccount,
  { part: { text, media } }: PlannedPart,
  { open }: Preparation<Prepared>,
): Promise<Prepared> => {
  const { images } = account.capabilities;
  if (media.length > images) throw new NetworkError("refused", say("bluesky_images", { most: images }));
  const uploaded: Uploaded[] = [];
  for (const medium of media) {
    const opened = await open(medium);
    const blob = await uploadMedium(account, medium.url, opened);
    uploaded.push({ type: opened.type, alt: medium.altText, blob, aspectRatio: opened.size });
  }
  const facets = await toFacets(text, (handles) => findDids(ownServer(account), handles));
  return { facets, embed: toEmbed(uploaded) };
};

function toEmbed(uploaded: Uploaded[]): Prepared["embed"] {
  const [first] = uploaded;
  if (!first) return undefined;
  if (!uploaded.some(({ type }) => type.startsWith("video/"))) {
    const images = uploaded.map(({ alt, blob, aspectRatio }) => ({
      alt,
      image: blob,
      ...(aspectRatio && { aspectRatio }),
    }));
    return { $type: "app.bsky.embed.images", images };
  }
  if (uploaded.length > 1) throw new NetworkError("refused", say("bluesky_video_alone"));
  const { alt, blob, aspectRatio } = first;
  return { $type: "app.bsky.embed.video", video: blob, ...(alt && { alt }), ...(aspectRatio && { aspectRatio }) };
}

const answerSchema = z.object({ blob: z.record(z.string(), z.unknown()) });

/** A record's reference to an uploaded medium. */
export type Blob = z.infer<typeof answerSchema>["blob"];

/**
 * Streams a medium to the account's server. Throws `MediaError` when its type is not accepted, when it is too large (at
 * once if the length is known), and when the download breaks off.
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
    // The reason why the body ended is more useful than the failed request.
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
