import {
  type Exchange,
  Refusal,
  type Reply,
  type Route,
  readBody,
  readMembers,
  requireGrant,
  requireVersion,
} from "#lib/testing/linkedin/exchange";
import type { State, Upload } from "#lib/testing/linkedin/state";

const PART_BYTES = 4_194_304;

/** Images and videos, which belong to a member until a post shows them. */
export const mediaRoutes: Route[] = [
  { method: "POST", path: /^\/rest\/images$/, answer: beginImage },
  { method: "POST", path: /^\/rest\/videos$/, answer: changeVideo },
  { method: "GET", path: /^\/rest\/videos\/([^/]+)$/, answer: showVideo },
  { method: "PUT", path: /^\/dms-uploads\/([^/]+)$/, answer: takeBytes },
];

/** The author's name that a grant may act as. Throws for any other. */
export const requireAuthor = (exchange: Exchange, author: unknown): string => {
  requireVersion(exchange);
  const { member } = requireGrant(exchange, "w_member_social");
  const urn = `urn:li:person:${member.sub}`;
  if (author !== urn)
    throw new Refusal(403, "ACCESS_DENIED", "Data Processing Exception while processing field [/author]");
  return urn;
};

function begin(state: State, kind: Upload["kind"], owner: string, sizeBytes?: number): Upload {
  const urn = `urn:li:${kind}:C4E${state.nextId++}`;
  const count = sizeBytes === undefined ? 1 : Math.ceil(sizeBytes / PART_BYTES);
  const parts = Array.from({ length: count }, () => undefined);
  const pendingReads = state.settings.processingReads;
  const upload = { urn, owner, kind, parts, sizeBytes, isFinished: kind === "image", pendingReads };
  state.uploads.set(urn, upload);
  return upload;
}

// The address by which the client has reached this server.
function toUploadUrl({ headers }: Exchange, { urn }: Upload, part: number): string {
  return `http://${headers.host}/dms-uploads/${encodeURIComponent(urn)}?part=${part}`;
}

function beginImage(exchange: Exchange): Reply {
  const { initializeUploadRequest } = readMembers(readBody(exchange), ["initializeUploadRequest"]);
  const { owner } = readMembers(initializeUploadRequest, ["owner"]);
  const upload = begin(exchange.state, "image", requireAuthor(exchange, owner));
  const value = {
    uploadUrlExpiresAt: Date.now() + 3_600_000,
    uploadUrl: toUploadUrl(exchange, upload, 0),
    image: upload.urn,
  };
  return { status: 200, body: { value } };
}

function changeVideo(exchange: Exchange): Reply {
  if (exchange.url.searchParams.get("action") === "finalizeUpload") return finishVideo(exchange);
  const { initializeUploadRequest } = readMembers(readBody(exchange), ["initializeUploadRequest"]);
  const request = readMembers(
    initializeUploadRequest,
    ["owner", "fileSizeBytes"],
    ["uploadCaptions", "uploadThumbnail"],
  );
  const sizeBytes = Number(request.fileSizeBytes);
  if (!(sizeBytes > 0)) throw new Refusal(400, "ILLEGAL_ARGUMENT", "fileSizeBytes must be positive");
  const upload = begin(exchange.state, "video", requireAuthor(exchange, request.owner), sizeBytes);
  const uploadInstructions = upload.parts.map((_, part) => ({
    uploadUrl: toUploadUrl(exchange, upload, part),
    firstByte: part * PART_BYTES,
    lastByte: Math.min((part + 1) * PART_BYTES, sizeBytes) - 1,
  }));
  return { status: 200, body: { value: { video: upload.urn, uploadToken: "", uploadInstructions } } };
}

function finishVideo(exchange: Exchange): Reply {
  const { finalizeUploadRequest } = readMembers(readBody(exchange), ["finalizeUploadRequest"]);
  const { video, uploadedPartIds } = readMembers(finalizeUploadRequest, ["video", "uploadToken", "uploadedPartIds"]);
  const upload = exchange.state.uploads.get(String(video));
  requireAuthor(exchange, upload?.owner);
  const expected = upload?.parts.map((bytes, part) => bytes && toEtag(part, bytes));
  if (!upload || JSON.stringify(expected) !== JSON.stringify(uploadedPartIds)) {
    throw new Refusal(400, "ILLEGAL_ARGUMENT", "The uploaded parts are not complete");
  }
  upload.isFinished = true;
  return { status: 200 };
}

function showVideo(exchange: Exchange): Reply {
  const { state, found } = exchange;
  const upload = state.uploads.get(found);
  requireAuthor(exchange, upload?.owner);
  if (!state.settings.showsVideos)
    throw new Refusal(403, "ACCESS_DENIED", "Not enough permissions to access: videos.GET");
  if (!upload?.isFinished) return { status: 200, body: { id: found, status: "WAITING_UPLOAD" } };
  if (state.settings.failsVideos) return { status: 200, body: { id: found, status: "PROCESSING_FAILED" } };
  const status = upload.pendingReads-- > 0 ? "PROCESSING" : "AVAILABLE";
  return { status: 200, body: { id: found, owner: upload.owner, status } };
}

function toEtag(part: number, bytes: Buffer): string {
  return `part-${part}-${bytes.length}`;
}

function takeBytes({ state, url, body, found }: Exchange): Reply {
  const upload = state.uploads.get(found);
  const part = Number(url.searchParams.get("part"));
  if (!upload || !(part in upload.parts)) return { status: 404 };
  const expected = upload.sizeBytes && Math.min(PART_BYTES, upload.sizeBytes - part * PART_BYTES);
  if (expected !== undefined && body.length !== expected) return { status: 400 };
  upload.parts[part] = body;
  return { status: upload.kind === "image" ? 201 : 200, headers: { etag: `"${toEtag(part, body)}"` } };
}
