import { type Exchange, Refusal, type Reply, type Route, readForm, requireUser } from "#lib/testing/mastodon/exchange";
import type { Medium } from "#lib/testing/mastodon/state";
import { toAttachment } from "#lib/testing/mastodon/to-entities";

/** Media on their way into a status. */
export const mediaRoutes: Route[] = [
  { method: "POST", path: /^\/api\/v(\d)\/media$/, answer: upload },
  { method: "GET", path: /^\/api\/v1\/media\/([\w-]+)$/, answer: show },
];

async function upload(exchange: Exchange): Promise<Reply> {
  const { state, found, headers, body } = exchange;
  const { settings } = state;
  if (Number(found) > settings.mediaVersion) throw new Refusal(404, "Not found");
  requireUser(exchange, "write:media");
  const form = await readForm(headers, body);
  const file = form.get("file");
  if (!(file instanceof File)) throw new Refusal(422, "Validation failed: File can't be blank");
  const type = findType(new Uint8Array(await file.arrayBuffer()));
  const limit = type.startsWith("video/") ? settings.videoBytes : settings.imageBytes;
  if (file.size > limit) throw new Refusal(422, `Validation failed: File must be less than ${limit} bytes`);
  if (!settings.mediaTypes.includes(type)) {
    throw new Refusal(422, "Validation failed: File content type is invalid, File is invalid");
  }
  const description = form.get("description");
  const medium: Medium = {
    id: String(state.nextId++),
    type,
    bytes: file.size,
    description: typeof description === "string" ? description : null,
    pendingReads: Number(found) === 2 ? settings.processingReads : 0,
  };
  state.media.set(medium.id, medium);
  return { status: medium.pendingReads > 0 ? 202 : 200, body: toAttachment(medium, state) };
}

function show(exchange: Exchange): Reply {
  const { state, found } = exchange;
  requireUser(exchange, "write:media");
  const medium = state.settings.showsMedia ? state.media.get(found) : undefined;
  if (!medium) throw new Refusal(404, "Record not found");
  if (medium.pendingReads > 0) medium.pendingReads--;
  return { status: medium.pendingReads > 0 ? 206 : 200, body: toAttachment(medium, state) };
}

const TYPES: [RegExp, string][] = [
  [/^\x89PNG/, "image/png"],
  [/^\xff\xd8\xff/, "image/jpeg"],
  [/^GIF8/, "image/gif"],
  [/^RIFF....WEBP/s, "image/webp"],
  [/^....ftyp/s, "video/mp4"],
  [/^.E\xdf\xa3/s, "video/webm"],
  [/^OggS/, "audio/ogg"],
];

// By its content, as the real ones do: some clients do not say.
function findType(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, 12)).toString("latin1");
  return TYPES.find(([pattern]) => pattern.test(head))?.[1] ?? "application/octet-stream";
}
