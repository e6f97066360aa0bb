import { MediaError } from "#lib/media/media-error";
import type { OpenedMedium } from "#lib/media/opened-medium";
import type { Capabilities } from "#lib/networks/schema";
import { say } from "#lib/problems/problem";

/**
 * The same medium, which breaks off with `MediaError` as soon as it is known to be more than the server takes, or not
 * what was announced.
 */
export const limitMedium = (medium: OpenedMedium, url: string, capabilities: Capabilities): OpenedMedium => {
  const { type, bytes, body } = medium;
  const limit = (type.startsWith("video/") ? capabilities.video_bytes : capabilities.image_bytes) ?? Infinity;
  if (!capabilities.media_types.includes(type)) {
    throw new MediaError("InvalidMediaType", url, say("medium_type_server", { url, type }));
  }
  if ((bytes ?? 0) > limit) throw tooLarge(url, limit);
  return { ...medium, body: stopAt(body, { url, limit, announced: bytes }) };
};

type Lengths = { url: string; limit: number; announced: number | undefined };

async function* stopAt(body: AsyncIterable<Uint8Array>, { url, limit, announced }: Lengths) {
  let received = 0;
  for await (const chunk of body) {
    received += chunk.length;
    if (received > limit) throw tooLarge(url, limit);
    if (received > (announced ?? limit)) break;
    yield chunk;
  }
  // The announced length was passed on to the server, which would wait for the rest.
  if (announced !== undefined && received !== announced) {
    throw new MediaError("MediaDownloadFailed", url, say("medium_misannounced", { url }), { mayCome: true });
  }
}

function tooLarge(url: string, limit: number): MediaError {
  return new MediaError("MediaTooLarge", url, say("medium_bytes_server", { url, most: limit }));
}
