import type { WebhookEndpoint } from "#lib/db/generated/client";
import { ApiError } from "#lib/errors";
import { say } from "#lib/problems/problem";

/** Throws 409 when nothing may be sent to an endpoint. */
export const requireEnabled = ({ disabledAt }: WebhookEndpoint): void => {
  if (disabledAt) throw new ApiError("InvalidState", say("webhook_disabled"));
};
