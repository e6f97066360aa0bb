import { describeForeignType, detectMediaType, type MediaType, TELLING_BYTES } from "#lib/media/detect-media-type";
import { MediaError } from "#lib/media/media-error";
import { fetchOutside, type OutsideAnswer } from "#lib/outbound/fetch-outside";
import { OutboundError } from "#lib/outbound/outbound-error";
import { say } from "#lib/problems/problem";

/** The largest video that is downloaded. No network accepts more, so the network's own limit always applies first. */
const MAX_VIDEO_BYTES = 512 * 1_048_576;
/** The largest image that is downloaded. Images are held in memory while they are processed. */
const MAX_PICTURE_BYTES = 64 * 1_048_576;

/** A download that has begun. */
export type Download = {
  type: MediaType;
  /** The length in bytes, if the server sent it. */
  bytes: number | undefined;
  /** The whole content. Throws `MediaError`. */
  body: AsyncIterable<Uint8Array>;
  close(): void;
};

/**
 * Starts a download. Detects the type from the first bytes and takes the length from the server. Throws `MediaError`. The
 * caller must close it unless it reads to the end.
 */
export const openDownload = async (url: string, timeoutMilliseconds: number): Promise<Download> => {
  const answer = await fetchMedium(url, timeoutMilliseconds);
  const close = () => void answer.body.destroy();
  try {
    const first = await readFirst(answer, url);
    const type = detectMediaType(first);
    if (!type) throw notAccepted(url, first);
    const bytes = toLength(answer.headers["content-length"]);
    const most = type.startsWith("video/") ? MAX_VIDEO_BYTES : MAX_PICTURE_BYTES;
    if ((bytes ?? 0) > most) throw tooLarge(url, most);
    return { type, bytes, body: join(first, answer, { url, most }), close };
  } catch (error) {
    close();
    throw error;
  }
};

async function readFirst({ body }: OutsideAnswer, url: string): Promise<Buffer> {
  const first: Uint8Array[] = [];
  let received = 0;
  try {
    for await (const chunk of body.iterator({ destroyOnReturn: false })) {
      first.push(chunk);
      received += chunk.length;
      if (received >= TELLING_BYTES) break;
    }
  } catch (cause) {
    throw stopped(url, cause);
  }
  if (received === 0) throw new MediaError("MediaDownloadFailed", url, say("medium_empty", { url }), { mayCome: true });
  return Buffer.concat(first);
}

async function* join(first: Buffer, { body }: OutsideAnswer, { url, most }: { url: string; most: number }) {
  let received = first.length;
  yield first;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      received += chunk.length;
      if (received > most) throw tooLarge(url, most);
      yield chunk;
    }
  } catch (cause) {
    throw cause instanceof MediaError ? cause : stopped(url, cause);
  }
}

async function fetchMedium(url: string, timeoutMilliseconds: number): Promise<OutsideAnswer> {
  try {
    const answer = await fetchOutside(url, {
      headers: { accept: "image/*, video/*" },
      maxBytes: MAX_VIDEO_BYTES,
      timeoutMilliseconds,
    });
    if (answer.status === 200) return answer;
    answer.body.destroy();
    throw new MediaError("MediaDownloadFailed", url, say("medium_status", { url, status: answer.status }), {
      mayCome: [408, 425, 429].includes(answer.status) || answer.status >= 500,
    });
  } catch (cause) {
    if (!(cause instanceof OutboundError)) throw cause;
    const isForbidden = ["InvalidUrl", "ForbiddenPort", "ForbiddenAddress"].includes(cause.code);
    if (isForbidden) throw new MediaError("InvalidMediaUrl", url, say("medium_forbidden", { url }), { cause });
    throw new MediaError("MediaDownloadFailed", url, say("medium_unfetched", { url }), { cause, mayCome: true });
  }
}

function notAccepted(url: string, first: Buffer): MediaError {
  const foreign = describeForeignType(first);
  const problem = foreign ? say("medium_foreign", { url, type: foreign }) : say("medium_no_media", { url });
  return new MediaError("InvalidMediaType", url, problem);
}

function stopped(url: string, cause: unknown): MediaError {
  if (cause instanceof OutboundError && cause.code === "TooLarge") return tooLarge(url, MAX_VIDEO_BYTES);
  return new MediaError("MediaDownloadFailed", url, say("medium_cut", { url }), { mayCome: true, cause });
}

function tooLarge(url: string, most: number): MediaError {
  return new MediaError("MediaTooLarge", url, say("medium_bytes_fetched", { url, most }));
}

function toLength(header: string | undefined): number | undefined {
  return header !== undefined && /^\d{1,15}$/.test(header) ? Number(header) : undefined;
}
