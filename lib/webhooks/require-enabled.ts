import type { WebhookEndpoint } from "#lib/db/generated/client";
import { ApiError } from "#lib/errors";

/** Throws 409 when nothing may be sent to an endpoint. */
export const requireEnabled = ({ disabledAt }: WebhookEndpoint): void => {
  if (disabledAt) throw new ApiError("InvalidState", "This webhook is disabled. Enable it first.");
};
