import { Readable } from "node:stream";
import { z } from "zod";
import type { OpenedMedium } from "#lib/media/opened-medium";
import { callServer } from "#lib/networks/bluesky/call-server";
import { ownServer } from "#lib/networks/bluesky/own-server";
import type { ConnectedAccount } from "#lib/networks/connector";
import { NetworkError } from "#lib/networks/network-error";

const BROKEN_OFF = "A medium broke off before it was whole.";
const answerSchema = z.object({ blob: z.record(z.string(), z.unknown()) });

/** What a record names an uploaded medium by. */
export type Blob = z.infer<typeof answerSchema>["blob"];

/**
 * Sends a medium to the account's server as it comes. Refused when its type is not taken or when it is too large, at once
 * where that is known.
 */
export const uploadMedium = async (account: ConnectedAccount, medium: OpenedMedium): Promise<Blob> => {
  const { type, bytes } = medium;
  const { media_types, image_bytes, video_bytes } = account.capabilities;
  const limit = (type.startsWith("video/") ? video_bytes : image_bytes) ?? Number.POSITIVE_INFINITY;
  if (!media_types.includes(type)) return refuse(medium, new NetworkError("refused", `Bluesky does not take ${type}.`));
  if (bytes !== undefined && bytes > limit) return refuse(medium, tooLarge(limit));
  const body = Readable.from(upTo(limit, medium));
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
    throw body.errored instanceof NetworkError ? body.errored : thrown;
  });
  return blob;
};

async function* upTo(limit: number, { body }: OpenedMedium): AsyncGenerator<Uint8Array> {
  let sent = 0;
  try {
    for await (const chunk of body) {
      sent += chunk.length;
      if (sent > limit) throw tooLarge(limit);
      yield chunk;
    }
  } catch (thrown) {
    throw thrown instanceof NetworkError ? thrown : new NetworkError("unavailable", BROKEN_OFF, { cause: thrown });
  }
}

// Whoever stops reading ends the download.
async function refuse({ body }: OpenedMedium, refusal: NetworkError): Promise<never> {
  for await (const _chunk of body) break;
  throw refusal;
}

function tooLarge(limit: number): NetworkError {
  return new NetworkError("refused", `This is larger than the ${limit} bytes that Bluesky takes.`);
}
