import { ApiError } from "#lib/errors";

const SCHEDULING = /schedul|publish_?at|post_?at|send_?at|publish_?time|post_?time|free_?slot/i;

/** Throws 400 `InvalidSchedule` when a body asks for another time: what was meant for later is never published now. */
export const refuseScheduling = (body: unknown): void => {
  for (const [path, members] of placesOf(body)) {
    for (const [name, value] of Object.entries(members)) {
      if (!SCHEDULING.test(name) || value === null || value === false) continue;
      const message = "Posts cannot be scheduled on this installation. Leave it out to publish now.";
      throw new ApiError("InvalidSchedule", message, { fields: { [path + name]: [message] } });
    }
  }
};

function placesOf(body: unknown): [path: string, members: object][] {
  const root = toObject(body);
  const post = toObject(Reflect.get(root, "post"));
  const content = toObject(Reflect.get(post, "content"));
  const target = toObject(Reflect.get(post, "target"));
  return [
    ["", root],
    ["post.", post],
    ["post.content.", content],
    ["post.target.", target],
  ];
}

function toObject(value: unknown): object {
  return typeof value === "object" && value !== null ? value : {};
}
