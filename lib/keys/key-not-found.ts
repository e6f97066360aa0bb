import { ApiError } from "#lib/errors";
import { say } from "#lib/problems/problem";

/** The one 404 for every key that the user does not have, whoever else may. */
export const keyNotFound = (): ApiError => new ApiError("NotFound", say("key_not_found"));
