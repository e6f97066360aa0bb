import { setTimeout } from "node:timers/promises";
import { revokeKeysOperation } from "#lib/http/leak-operations";
import { routeMethods } from "#lib/http/route-methods";
import { toReporter } from "#lib/http/to-reporter";
import { withAnonymous } from "#lib/http/with-public";
import { reportLeakedKeys } from "#lib/leaks/report-leaked-keys";

// Longer than the work takes, so that the response time does not reveal whether a key was ours.
const ANSWER_MILLISECONDS = 400;

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  POST: withAnonymous(revokeKeysOperation, async ({ body, request }) => {
    const found = body.keys.map((text) => ({ text }));
    await Promise.all([
      reportLeakedKeys(found, toReporter("report", request.headers)),
      setTimeout(ANSWER_MILLISECONDS),
    ]);
    return { body: { message: "Thank you. Keys of this installation among them are disabled." } };
  }),
});
