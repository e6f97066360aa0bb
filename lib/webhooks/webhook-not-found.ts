import { ApiError } from "#lib/errors";
import { say } from "#lib/problems/problem";

/** The one 404 for every webhook that the user does not have, whoever else may. */
export const webhookNotFound = (): ApiError => new ApiError("NotFound", say("webhook_not_found"));
