import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { z } from "zod";
import { MediaError } from "#lib/media/media-error";
import type { OpenedMedium } from "#lib/media/open-medium";
import type { Medium } from "#lib/networks/connector";
import { type Answer, callApi, type Session } from "#lib/networks/mastodon/call-api";
import { idSchema } from "#lib/networks/mastodon/status";
import { NetworkError } from "#lib/networks/network-error";
import type { Capabilities } from "#lib/networks/schema";
import { say } from "#lib/problems/problem";

const UPLOAD_MILLISECONDS = 300_000;
const IDLE_MILLISECONDS = 60_000;

const mediaSchema = z.object({ id: idSchema });

type Open = (medium: Medium) => Promise<OpenedMedium>;

/**
 * Uploads a medium. Returns its id and whether the server is still processing it. Throws `NetworkError` and `MediaError`.
 */
export const uploadMedium = async (
  session: Session,
  capabilities: Capabilities,
  medium: Medium,
  open: Open,
): Promise<{ id: string; isProcessing: boolean }> => {
  const send = async (version: string) => {
    const opened = await open(medium);
    const limited = limitMedium(opened, medium.url, capabilities);
    return sendMedium(session, `/api/${version}/media`, medium.altText, limited);
  };
  const first = await send("v2");
  const isOld = first.status === 404 || first.status === 405;
  const answer = isOld ? await send("v1") : first;
  const { data } = mediaSchema.safeParse(answer.json);
  if (!data) throw new NetworkError(isOld && answer.status >= 400 ? "refused" : "unavailable", NO_MEDIUM);
  return { id: data.id, isProcessing: answer.status === 202 };
};

const NO_MEDIUM = say("server_medium_refused");

async function sendMedium(
  session: Session,
  path: string,
  altText: string,
  { type, bytes, body }: OpenedMedium,
): Promise<Answer> {
  let broken: { error: unknown } | undefined;
  async function* watch() {
    try {
      yield* body;
    } catch (error) {
      broken = { error };
      throw error;
    }
  }
  const name = `medium.${type.slice(type.indexOf("/") + 1)}`;
  const file = { name, type, bytes, content: watch() };
  try {
    return await callApi(session, path, {
      method: "POST",
      ...writeMultipart(altText === "" ? {} : { description: altText }, file),
      timeoutMilliseconds: UPLOAD_MILLISECONDS,
      idleMilliseconds: IDLE_MILLISECONDS,
      expected: [404, 405],
    });
  } catch (error) {
    // The source of the medium failed, not the connection to the server.
    throw broken ? broken.error : error;
  }
}

/**
 * The same medium, except that it fails with `MediaError` as soon as it exceeds the server's limit or differs from its
 * announced length.
 */
const limitMedium = (medium: OpenedMedium, url: string, capabilities: Capabilities): OpenedMedium => {
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
  // The announced length was sent to the server, which would wait for the rest.
  if (announced !== undefined && received !== announced) {
    throw new MediaError("MediaDownloadFailed", url, say("medium_misannounced", { url }), { mayCome: true });
  }
}

function tooLarge(url: string, limit: number): MediaError {
  return new MediaError("MediaTooLarge", url, say("medium_bytes_server", { url, most: limit }));
}

/** A multipart request in progress. */
type Multipart = { headers: Record<string, string>; body: Readable };

type File = { name: string; type: string; bytes: number | undefined; content: AsyncIterable<Uint8Array> };

/** Encodes `multipart/form-data` as a stream, so that no file is ever entirely in memory. */
const writeMultipart = (fields: Record<string, string>, file: File): Multipart => {
  const boundary = `boring-${randomUUID()}`;
  const texts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const opening = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${file.name}"\r\nContent-Type: ${file.type}\r\n\r\n`;
  const head = Buffer.from([...texts, opening].join(""));
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  const length = file.bytes === undefined ? undefined : head.length + file.bytes + tail.length;
  return {
    headers: {
      "Content-Type": `multipart/form-data; boundary=${boundary}`,
      ...(length !== undefined && { "Content-Length": String(length) }),
    },
    body: Readable.from(concatenate(head, file.content, tail)),
  };
};

async function* concatenate(head: Uint8Array, content: AsyncIterable<Uint8Array>, tail: Uint8Array) {
  yield head;
  yield* content;
  yield tail;
}
