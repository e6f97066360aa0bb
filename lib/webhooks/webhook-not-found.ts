import { ApiError } from "#lib/errors";

/** The one 404 for every webhook that the user does not have, whoever else may. */
export const webhookNotFound = (): ApiError => new ApiError("NotFound", "Webhook not found");
