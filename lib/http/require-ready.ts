import { isDatabaseReady } from "#lib/db/is-database-ready";
import { ApiError } from "#lib/errors";

/** Throws 503 unless the database answers now that it takes changes. */
export const requireReady = async (): Promise<void> => {
  if (await isDatabaseReady()) return;
  throw new ApiError("ServiceUnavailable", "The database does not answer, or takes no changes.", {
    headers: { "Retry-After": "5" },
  });
};
