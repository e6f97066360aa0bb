import { ApiError } from "#lib/errors";
import { say } from "#lib/problems/problem";

/** The one 404 for every social account that the user does not have, whoever else may. */
export const accountNotFound = (): ApiError => new ApiError("NotFound", say("account_not_found"));
