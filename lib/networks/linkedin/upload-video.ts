import { z } from "zod";
import { callAddress, callApi, isOwnAddress } from "#lib/networks/linkedin/call-api";
import { NetworkError } from "#lib/networks/network-error";
import { say } from "#lib/problems/problem";

const UPLOAD_LIMITS = { timeoutMilliseconds: 300_000, idleMilliseconds: 60_000 };
// LinkedIn asks for parts of 4 MiB. A part is read into memory, because it is sent with its length.
const LONGEST_PART_BYTES = 33_554_432;

const videoUrnSchema = z.string().regex(/^urn:li:video:[\w-]+$/);
const begunSchema = z.object({
  value: z.object({
    video: videoUrnSchema,
    uploadToken: z.string().catch(""),
    uploadInstructions: z
      .array(z.object({ uploadUrl: z.string(), firstByte: z.int().min(0), lastByte: z.int().min(0) }))
      .min(1),
  }),
});
type Begun = z.infer<typeof begunSchema>["value"];

/** Uploads a video in the parts that LinkedIn asks for, and returns its name there. Throws `NetworkError`. */
export const uploadVideo = async (
  token: string,
  owner: string,
  { bytes, body }: { bytes: number | undefined; body: AsyncIterable<Uint8Array> },
): Promise<string> => {
  const begun = await begin(token, owner, bytes ?? 0);
  const uploadedPartIds: string[] = [];
  let next = 0;
  for await (const part of cut(body, begun)) {
    const { uploadUrl } = begun.uploadInstructions[next++] ?? { uploadUrl: "" };
    const { headers } = await callAddress(token, uploadUrl, {
      method: "PUT",
      headers: { "Content-Type": "application/octet-stream" },
      body: part,
      ...UPLOAD_LIMITS,
    });
    if (!headers.etag) throw new NetworkError("unavailable", say("linkedin_senseless"));
    uploadedPartIds.push(headers.etag.replace(/^"(.*)"$/, "$1"));
  }
  const { video, uploadToken } = begun;
  await callApi(token, "/rest/videos?action=finalizeUpload", {
    json: { finalizeUploadRequest: { video, uploadToken, uploadedPartIds } },
  });
  return video;
};

async function begin(token: string, owner: string, fileSizeBytes: number): Promise<Begun> {
  const { json } = await callApi(token, "/rest/videos?action=initializeUpload", {
    json: { initializeUploadRequest: { owner, fileSizeBytes, uploadCaptions: false, uploadThumbnail: false } },
  });
  const begun = begunSchema.safeParse(json).data?.value;
  if (!begun || !isComplete(begun, fileSizeBytes)) throw new NetworkError("unavailable", say("linkedin_senseless"));
  return begun;
}

// Every byte in exactly one part, at addresses that may see the token.
function isComplete({ uploadInstructions: parts }: Begun, fileSizeBytes: number): boolean {
  const isGapless = parts.every(({ firstByte }, index) => firstByte === (parts[index - 1]?.lastByte ?? -1) + 1);
  const areSmall = parts.every(({ firstByte, lastByte }) => lastByte - firstByte < LONGEST_PART_BYTES);
  const isAll = parts.at(-1)?.lastByte === fileSizeBytes - 1;
  return isGapless && areSmall && isAll && parts.every(({ uploadUrl }) => isOwnAddress(uploadUrl));
}

async function* cut(body: AsyncIterable<Uint8Array>, { uploadInstructions }: Begun): AsyncGenerator<Uint8Array> {
  let [index, kept, chunks]: [number, number, Uint8Array[]] = [0, 0, []];
  for await (const given of body) {
    let chunk = given;
    for (;;) {
      const { firstByte = 0, lastByte = -1 } = uploadInstructions[index] ?? {};
      const missing = lastByte - firstByte + 1 - kept;
      if (missing <= 0 || chunk.length < missing) break;
      yield Buffer.concat([...chunks, chunk.subarray(0, missing)]);
      chunk = chunk.subarray(missing);
      [index, kept, chunks] = [index + 1, 0, []];
    }
    chunks.push(chunk);
    kept += chunk.length;
  }
}

const videoSchema = z.object({ status: z.string() });

/**
 * Whether LinkedIn has processed a video. Some apps may not read what they have uploaded; then it counts as processed, because
 * LinkedIn shows a post as soon as its video is. Throws `NetworkError`, `refused` when LinkedIn cannot process it.
 */
export const isReady = async (token: string, urn: string): Promise<boolean> => {
  const { status, json } = await callApi(token, `/rest/videos/${encodeURIComponent(urn)}`, { expected: [403] });
  if (status === 403) return true;
  const { data } = videoSchema.safeParse(json);
  if (data?.status === "PROCESSING_FAILED") throw new NetworkError("refused", say("linkedin_video_failed"));
  return data?.status === "AVAILABLE";
};
