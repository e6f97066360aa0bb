import { currentMoment } from "#lib/clock";
import type { Database } from "#lib/db/database";
import { log, toLogFields } from "#lib/log";

const LAST_SEEN_RESOLUTION_SECONDS = 60;

/** Notes that the session is in use, at most once a minute, without delaying or failing the caller. */
export const touchSession = (
  prisma: Database["prisma"],
  { id, lastSeenAt }: { id: string; lastSeenAt: Date },
): void => {
  const now = currentMoment();
  const stale = new Date(now.getTime() - LAST_SEEN_RESOLUTION_SECONDS * 1000);
  if (lastSeenAt > stale) return;
  prisma.session
    .updateMany({ where: { id, lastSeenAt: { lte: stale } }, data: { lastSeenAt: now } })
    .catch((error) => log("warn", "A session's last use could not be noted", toLogFields(error)));
};
