import { detectMediaType, TELLING_BYTES } from "#lib/media/detect-media-type";
import { MediaError } from "#lib/media/media-error";
import type { OpenedMedium } from "#lib/media/opened-medium";
import { fetchOutside } from "#lib/outbound/fetch-outside";
import { OutboundError } from "#lib/outbound/outbound-error";

// Larger than what any network takes, so that it is the network's own limit that counts.
const MAX_BYTES = 512 * 1_048_576;
const TIMEOUT_MILLISECONDS = 300_000;

/**
 * Opens a medium at its address: what it is by its first bytes, how long by what its server says, and its bytes as they
 * come. Throws `MediaError`. Whoever does not read it to the end closes it.
 */
export const openMedium = async ({ url }: { url: string }): Promise<OpenedMedium & { close(): void }> => {
  const answer = await fetchMedium(url);
  const chunks = answer.body.iterator({ destroyOnReturn: false });
  const first: Uint8Array[] = [];
  let received = 0;
  try {
    while (received < TELLING_BYTES) {
      const { done, value } = await chunks.next();
      if (done) break;
      first.push(value);
      received += value.length;
    }
  } catch (cause) {
    throw new MediaError("MediaDownloadFailed", url, "stopped in the middle", { cause });
  }
  const type = detectMediaType(Buffer.concat(first));
  if (type) return { type, bytes: toLength(answer.headers["content-length"]), body: join(first, answer.body), close };
  close();
  throw new MediaError("InvalidMediaType", url, "is neither an image nor a video that can be published");

  function close(): void {
    answer.body.destroy();
  }
};

async function* join(first: Uint8Array[], rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* first;
  yield* rest;
}

async function fetchMedium(url: string) {
  try {
    const answer = await fetchOutside(url, {
      headers: { accept: "image/*, video/*" },
      maxBytes: MAX_BYTES,
      timeoutMilliseconds: TIMEOUT_MILLISECONDS,
    });
    if (answer.status === 200) return answer;
    answer.body.destroy();
    throw new MediaError("MediaDownloadFailed", url, `answered with status ${answer.status}`, {
      mayCome: answer.status === 429 || answer.status >= 500,
    });
  } catch (cause) {
    if (!(cause instanceof OutboundError)) throw cause;
    const isForbidden = ["InvalidUrl", "ForbiddenPort", "ForbiddenAddress"].includes(cause.code);
    if (isForbidden) throw new MediaError("InvalidMediaUrl", url, "is not one that may be fetched", { cause });
    throw new MediaError("MediaDownloadFailed", url, "could not be fetched", { cause, mayCome: true });
  }
}

function toLength(header: string | undefined): number | undefined {
  return header !== undefined && /^\d{1,15}$/.test(header) ? Number(header) : undefined;
}
