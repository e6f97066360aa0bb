import { ApiError } from "#lib/errors";

/** The one 404 for every social account that the user does not have, whoever else may. */
export const accountNotFound = (): ApiError => new ApiError("NotFound", "Account not found");
