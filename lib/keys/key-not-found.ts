import { ApiError } from "#lib/errors";

/** The one 404 for every key that the user does not have, whoever else may. */
export const keyNotFound = (): ApiError => new ApiError("NotFound", "API key not found");
