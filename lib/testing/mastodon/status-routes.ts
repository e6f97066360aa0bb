import {
  type Exchange,
  Refusal,
  type Reply,
  type Route,
  readMembers,
  requireApplication,
  requireUser,
} from "#lib/testing/mastodon/exchange";
import { countCharacters } from "#lib/testing/mastodon/format-content";
import { schedule } from "#lib/testing/mastodon/scheduled-routes";
import { type Medium, PEOPLE, type State, type Status } from "#lib/testing/mastodon/state";
import { toAccount, toInstance, toStatus } from "#lib/testing/mastodon/to-entities";

/** Statuses, whose they are, and what the server says of itself. */
export const statusRoutes: Route[] = [
  { method: "GET", path: /^\/api\/v([12])\/instance$/, answer: describe },
  { method: "GET", path: /^\/api\/v1\/accounts\/verify_credentials$/, answer: verify },
  { method: "GET", path: /^\/api\/v1\/accounts\/(\d+)\/statuses$/, answer: list },
  { method: "POST", path: /^\/api\/v1\/statuses$/, answer: publish },
  { method: "GET", path: /^\/api\/v1\/statuses\/(\d+)$/, answer: show },
  { method: "DELETE", path: /^\/api\/v1\/statuses\/(\d+)$/, answer: remove },
  { method: "GET", path: /^\/api\/v1\/timelines\/home$/, answer: (exchange) => list({ ...exchange, found: "" }) },
];

function describe({ state, found }: Exchange): Reply {
  const version = found === "2" ? 2 : 1;
  if (version > state.settings.instanceVersion) throw new Refusal(404, "Not found");
  return { status: 200, body: toInstance(state, version) };
}

function verify(exchange: Exchange): Reply {
  return { status: 200, body: toAccount(requireUser(exchange, "read:accounts"), exchange.state) };
}

function list(exchange: Exchange): Reply {
  requireUser(exchange, "read:statuses");
  const { state, found, url } = exchange;
  const limit = Math.min(Number(url.searchParams.get("limit") ?? 20), 40);
  const before = BigInt(url.searchParams.get("max_id") ?? state.nextId);
  const shown = state.statuses
    .filter(({ username, id }) => (found === "" || PEOPLE[username]?.id === found) && BigInt(id) < before)
    .toReversed()
    .slice(0, state.settings.listsStatuses ? limit : 0);
  return { status: 200, body: shown.map((status) => toStatus(status, state)) };
}

function show({ state, found }: Exchange): Reply {
  const status = state.statuses.find(({ id }) => id === found);
  if (!status) throw new Refusal(404, "Record not found");
  return { status: 200, body: toStatus(status, state) };
}

async function publish(exchange: Exchange): Promise<Reply> {
  const { state, headers } = exchange;
  const members = await readMembers(exchange);
  const username = requireUser(exchange, "write:statuses");
  const key = headers["idempotency-key"]?.toString();
  const before = state.statuses.find((status) => key !== undefined && status.idempotencyKey === key);
  if (before && before.username === username && state.settings.honoursIdempotencyKeys) {
    return { status: 200, body: toStatus(before, state) };
  }
  const status: Status = {
    id: String(state.nextId++),
    username,
    text: String(members.status ?? "").trim(),
    visibility: String(members.visibility || state.settings.usualVisibility),
    spoilerText: String(members.spoiler_text ?? ""),
    sensitive: members.sensitive === true || members.sensitive === "true",
    language: members.language ? String(members.language) : null,
    inReplyTo: members.in_reply_to_id ? String(members.in_reply_to_id) : null,
    media: takeMedia(members.media_ids, state),
    application: requireApplication(exchange),
    createdAt: new Date(Date.now() + state.settings.clockError),
    idempotencyKey: key,
  };
  validate(status, state);
  if (members.scheduled_at) return schedule({ ...status, scheduledAt: new Date(String(members.scheduled_at)) }, state);
  state.statuses.push(status);
  return { status: 200, body: toStatus(status, state) };
}

function remove(exchange: Exchange): Reply {
  const username = requireUser(exchange, "write:statuses");
  const { state, found } = exchange;
  const status = state.statuses.find((it) => it.id === found && it.username === username);
  if (!status) throw new Refusal(404, "Record not found");
  state.statuses.splice(state.statuses.indexOf(status), 1);
  return { status: 200, body: toStatus(status, state) };
}

function takeMedia(ids: unknown, state: State): Medium[] {
  if (ids === undefined || ids === null) return [];
  if (!Array.isArray(ids)) throw new Refusal(422, "Validation failed: Media ids is invalid");
  if (ids.length > state.settings.maxMedia)
    throw new Refusal(422, "Validation failed: Cannot attach more than 4 files");
  return ids.map((id) => {
    const medium = state.media.get(String(id));
    if (!medium) throw new Refusal(404, "Record not found");
    if (medium.pendingReads > 0 && state.settings.showsMedia) {
      throw new Refusal(
        422,
        "Validation failed: Cannot attach files that have not finished processing. Try again in a moment!",
      );
    }
    return medium;
  });
}

function validate({ text, spoilerText, media, inReplyTo }: Status, { settings, statuses }: State): void {
  if (text === "" && media.length === 0) throw new Refusal(422, "Validation failed: Text can't be blank");
  if (countCharacters(spoilerText + text, settings.linkCharacters) > settings.maxCharacters) {
    throw new Refusal(422, `Validation failed: Text character limit of ${settings.maxCharacters} exceeded`);
  }
  if (inReplyTo !== null && !statuses.some(({ id }) => id === inReplyTo)) throw new Refusal(404, "Record not found");
}
