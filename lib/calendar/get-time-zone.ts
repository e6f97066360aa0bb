import { cookies } from "next/headers";
import { cache } from "react";
import { findCurrentUser } from "#lib/auth/get-current-user";
import { ZONE_COOKIE } from "#lib/calendar/schema";
import { chooseZone } from "#lib/calendar/zoned-days";

/** The time zone that the person who requests this page chose. Null when it is the browser's. */
export const findChosenZone = cache(
  async (): Promise<string | null> => (await findCurrentUser().catch(() => null))?.timeZone ?? null,
);

/** The time zone of a page: the person's, else the one that their browser reported, else UTC. */
export const getTimeZone = async (): Promise<string> => {
  const [chosen, jar] = await Promise.all([findChosenZone(), cookies()]);
  return chooseZone(chosen ?? jar.get(ZONE_COOKIE)?.value);
};
