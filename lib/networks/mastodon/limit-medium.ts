import type { OpenedMedium } from "#lib/media/opened-medium";
import { NetworkError } from "#lib/networks/network-error";
import type { Capabilities } from "#lib/networks/schema";

/**
 * The same medium, which breaks off with `NetworkError` as soon as it is known to be more than the server takes, or not
 * what was announced.
 */
export const limitMedium = (medium: OpenedMedium, capabilities: Capabilities): OpenedMedium => {
  const { type, bytes, body } = medium;
  const limit = (type.startsWith("video/") ? capabilities.video_bytes : capabilities.image_bytes) ?? Infinity;
  if (!capabilities.media_types.includes(type)) {
    throw new NetworkError("refused", "A medium is of a type that this server does not take.");
  }
  if ((bytes ?? 0) > limit) throw tooLarge();
  return { ...medium, body: stopAt(body, { limit, announced: bytes }) };
};

type Lengths = { limit: number; announced: number | undefined };

async function* stopAt(body: AsyncIterable<Uint8Array>, { limit, announced }: Lengths) {
  let received = 0;
  for await (const chunk of body) {
    received += chunk.length;
    if (received > limit) throw tooLarge();
    if (received > (announced ?? limit)) break;
    yield chunk;
  }
  // The announced length was passed on to the server, which would wait for the rest.
  if (announced !== undefined && received !== announced) {
    throw new NetworkError("unavailable", "A medium was not as long as announced.");
  }
}

function tooLarge(): NetworkError {
  return new NetworkError("refused", "A medium is larger than this server takes.");
}
