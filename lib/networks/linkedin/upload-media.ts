import { Readable } from "node:stream";
import { z } from "zod";
import { MediaError } from "#lib/media/media-error";
import type { ConnectedAccount, Medium, PlannedPart, Preparation } from "#lib/networks/connector";
import { callAddress, callApi, isOwnAddress, toToken } from "#lib/networks/linkedin/call-api";
import { capabilities } from "#lib/networks/linkedin/capabilities";
import { isReady, uploadVideo } from "#lib/networks/linkedin/upload-video";
import { NetworkError } from "#lib/networks/network-error";
import { say } from "#lib/problems/problem";

/** What was uploaded for a part: the names of its media at LinkedIn, in order. */
export const uploadsSchema = z.object({ kind: z.enum(["images", "video"]), urns: z.array(z.string()) });
export type Uploads = z.infer<typeof uploadsSchema>;

const UPLOAD_LIMITS = { timeoutMilliseconds: 300_000, idleMilliseconds: 60_000 };
const PASSING = ["unavailable", "rate_limited"];

/**
 * Uploads the remaining media. A video is published only when LinkedIn has processed it: until then this throws that it is
 * under way. Throws `NetworkError` and `MediaError`.
 */
export const uploadMedia = async (
  account: ConnectedAccount,
  { part }: PlannedPart,
  { open, earlier }: Preparation<Uploads>,
): Promise<Uploads> => {
  const uploads: Uploads = { kind: earlier?.kind ?? "images", urns: [...(earlier?.urns ?? [])] };
  const token = toToken(account);
  const owner = toAuthor(account);
  try {
    for (const medium of part.media.slice(uploads.urns.length)) {
      const opened = await open(medium);
      requireTaken(medium, opened);
      const isVideo = opened.type.startsWith("video/");
      uploads.urns.push(await (isVideo ? uploadVideo : uploadImage)(token, owner, opened));
      uploads.kind = isVideo ? "video" : "images";
    }
    if (uploads.kind === "images" || (await isReady(token, uploads.urns[0] ?? ""))) return uploads;
  } catch (error) {
    if (!(error instanceof NetworkError) || !PASSING.includes(error.reason)) throw error;
    const { reason, problem, retryAt } = error;
    throw new NetworkError(reason, problem, { retryAt, handle: uploads, cause: error });
  }
  throw new NetworkError("unavailable", say("linkedin_video_waiting"), { isUnderWay: true, handle: uploads });
};

/** The member as the author of a post. */
export const toAuthor = ({ networkUserId }: ConnectedAccount): string => `urn:li:person:${networkUserId}`;

function requireTaken({ url }: Medium, { type }: { type: string }): void {
  if (capabilities.media_types.includes(type)) return;
  throw new MediaError("InvalidMediaType", url, say("medium_type_server", { url, type }));
}

const imageSchema = z.object({
  value: z.object({ uploadUrl: z.string(), image: z.string().regex(/^urn:li:image:[\w-]+$/) }),
});

async function uploadImage(
  token: string,
  owner: string,
  opened: { type: string; bytes: number | undefined; body: AsyncIterable<Uint8Array> },
): Promise<string> {
  const begun = await callApi(token, "/rest/images?action=initializeUpload", {
    json: { initializeUploadRequest: { owner } },
  });
  const { data } = imageSchema.safeParse(begun.json);
  if (!data || !isOwnAddress(data.value.uploadUrl)) throw new NetworkError("unavailable", say("linkedin_senseless"));
  await callAddress(token, data.value.uploadUrl, {
    method: "PUT",
    headers: {
      "Content-Type": opened.type,
      ...(opened.bytes !== undefined && { "Content-Length": String(opened.bytes) }),
    },
    body: Readable.from(opened.body),
    ...UPLOAD_LIMITS,
  });
  return data.value.image;
}
