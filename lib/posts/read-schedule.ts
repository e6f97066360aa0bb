import { currentTime } from "#lib/clock";
import { ApiError } from "#lib/errors";
import { readMoment } from "#lib/pasted/read-moment";
import { trimPasted } from "#lib/pasted/schema";
import { type Problem, say } from "#lib/problems/problem";

const UNDERSTOOD = ["scheduledAt", "scheduled_at", "scheduledTime"];
const LOOKS_LIKE_SCHEDULING = /schedul|publish_?at|post_?at|send_?at|publish_?time|post_?time|free_?slot/i;
// Applies only inside `post.target`, at any depth.
const LOOKS_LIKE_A_TIME = /^(when|date|time|delay)$/i;
const DEEPEST = 8;

// Clocks differ, and a request takes time to arrive.
const PAST_MILLISECONDS = 5 * 60_000;

/**
 * The time at which a body asks to be published, or null for now. Throws 400 `InvalidSchedule` naming the member for
 * anything else that looks like a time, so that a post meant for later is never published now.
 */
export const readSchedule = (body: unknown): Date | null => {
  let found: Date | null = null;
  for (const [path, isUnderstood, members] of placesOf(body)) {
    for (const [name, value] of Object.entries(members)) {
      if (!isAboutTime(path, name) || value === null || value === undefined) continue;
      const field = path + name;
      if (!isUnderstood || !UNDERSTOOD.includes(name)) throw fault(field, say("schedule_member"));
      const moment = readTime(field, value);
      if (found && found.getTime() !== moment.getTime()) throw fault(field, say("schedule_twice"));
      found = moment;
    }
  }
  return found;
};

function isAboutTime(path: string, name: string): boolean {
  return LOOKS_LIKE_SCHEDULING.test(name) || (path.startsWith("post.target.") && LOOKS_LIKE_A_TIME.test(name));
}

function readTime(field: string, value: unknown): Date {
  const text = typeof value === "string" ? trimPasted(value) : "";
  const moment = readMoment(text);
  if (!moment) throw fault(field, say("schedule_form"));
  if (moment.getTime() < currentTime() - PAST_MILLISECONDS) throw fault(field, say("schedule_over"));
  return moment;
}

type Place = [path: string, isUnderstood: boolean, members: object];

function placesOf(body: unknown): Place[] {
  const root = toObject(body);
  const post = toObject(Reflect.get(root, "post"));
  return [
    ["", true, root],
    ["post.", true, post],
    ["post.content.", false, toObject(Reflect.get(post, "content"))],
    ...placesIn("post.target.", toObject(Reflect.get(post, "target")), DEEPEST),
  ];
}

function placesIn(path: string, members: object, depth: number): Place[] {
  const inner = Object.entries(members).filter(([, value]) => typeof value === "object" && value !== null);
  const below = depth === 0 ? [] : inner.flatMap(([name, value]) => placesIn(`${path}${name}.`, value, depth - 1));
  return [[path, false, members], ...below];
}

function toObject(value: unknown): object {
  return typeof value === "object" && value !== null ? value : {};
}

function fault(field: string, problem: Problem): ApiError {
  return new ApiError("InvalidSchedule", problem, { fields: { [field]: [problem] } });
}
