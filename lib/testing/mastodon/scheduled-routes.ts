import { type Exchange, Refusal, type Reply, type Route, requireUser } from "#lib/testing/mastodon/exchange";
import type { ScheduledStatus, State } from "#lib/testing/mastodon/state";
import { toAttachment } from "#lib/testing/mastodon/to-entities";

const SOONEST_MILLISECONDS = 300_000;

/** Statuses that are published later. */
export const scheduledRoutes: Route[] = [
  { method: "GET", path: /^\/api\/v1\/scheduled_statuses$/, answer: list },
  { method: "DELETE", path: /^\/api\/v1\/scheduled_statuses\/(\d+)$/, answer: cancel },
];

/** Keeps a status for the moment that its author wants. */
export const schedule = (status: Omit<ScheduledStatus, "id">, state: State): Reply => {
  if (!(status.scheduledAt.getTime() >= Date.now() + SOONEST_MILLISECONDS)) {
    throw new Refusal(422, "Validation failed: Scheduled at The scheduled date must be in the future");
  }
  const scheduled = { ...status, id: String(state.nextId++) };
  state.scheduled.push(scheduled);
  return { status: 200, body: toEntity(scheduled, state) };
};

function list(exchange: Exchange): Reply {
  const username = requireUser(exchange, "read:statuses");
  const { state } = exchange;
  const own = state.scheduled.filter((it) => it.username === username);
  return { status: 200, body: own.map((it) => toEntity(it, state)) };
}

function cancel(exchange: Exchange): Reply {
  const username = requireUser(exchange, "write:statuses");
  const { state, found } = exchange;
  const index = state.scheduled.findIndex((it) => it.id === found && it.username === username);
  if (index < 0) throw new Refusal(404, "Record not found");
  state.scheduled.splice(index, 1);
  return { status: 200, body: {} };
}

function toEntity({ id, scheduledAt, text, visibility, media }: ScheduledStatus, state: State) {
  return {
    id,
    scheduled_at: scheduledAt.toISOString(),
    params: { text, visibility, media_ids: media.map((it) => it.id), scheduled_at: null, application_id: 1 },
    media_attachments: media.map((medium) => toAttachment(medium, state)),
  };
}
