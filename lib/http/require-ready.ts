import { isDatabaseReady } from "#lib/db/database";
import { ApiError } from "#lib/errors";
import { say } from "#lib/problems/problem";

/** Throws 503 unless the database answers now that it takes changes. */
export const requireReady = async (): Promise<void> => {
  if (await isDatabaseReady()) return;
  throw new ApiError("ServiceUnavailable", say("database_unready"), {
    headers: { "Retry-After": "5" },
  });
};
