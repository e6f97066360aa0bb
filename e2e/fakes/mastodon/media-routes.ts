import { type Exchange, Refusal, type Reply, type Route, requireUser } from "./exchange.ts";
import type { Medium } from "./state.ts";
import { toAttachment } from "./to-entities.ts";

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
  const request = new Response(new Uint8Array(body), { headers: { "content-type": headers["content-type"] ?? "" } });
  const form = await request.formData();
  const file = form.get("file");
  if (!(file instanceof File)) throw new Refusal(422, "Validation failed: File can't be blank");
  const limit = file.type.startsWith("video/") ? settings.videoBytes : settings.imageBytes;
  if (file.size > limit) throw new Refusal(422, `Validation failed: File must be less than ${limit} bytes`);
  if (!settings.mediaTypes.includes(file.type)) {
    throw new Refusal(422, "Validation failed: File content type is invalid, File is invalid");
  }
  const description = form.get("description");
  const medium: Medium = {
    id: String(state.nextId++),
    type: file.type,
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
