import { isDatabaseReady } from "#lib/db/is-database-ready";
import { ApiError } from "#lib/errors";

/** Throws 503 unless the database answers now. */
export const requireReady = async (): Promise<void> => {
  if (await isDatabaseReady()) return;
  throw new ApiError("ServiceUnavailable", "The database does not answer.", { headers: { "Retry-After": "5" } });
};
