import { isDatabaseReady } from "#lib/db/database";
import { ApiError } from "#lib/errors";
import { say } from "#lib/problems/problem";

/** Throws 503 unless the database answers now and accepts writes. */
export const requireReady = async (): Promise<void> => {
  if (await isDatabaseReady()) return;
  throw new ApiError("ServiceUnavailable", say("database_unready"), {
    headers: { "Retry-After": "5" },
  });
};
