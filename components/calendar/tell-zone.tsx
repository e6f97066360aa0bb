"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { ZONE_COOKIE } from "#lib/calendar/schema";

const YEAR_SECONDS = 31_536_000;

/** Reports the browser's time zone to the server. A page that depends on the zone is then rendered again. */
export function TellZone({ isShown = false }: { isShown?: boolean }) {
  const router = useRouter();
  useEffect(() => {
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    const cookie = `${ZONE_COOKIE}=${timeZone}`;
    if (document.cookie.split("; ").includes(cookie)) return;
    // The Cookie Store API is unavailable to pages on plain http:// addresses.
    Object.assign(document, { cookie: `${cookie};path=/;max-age=${YEAR_SECONDS}` });
    if (isShown) router.refresh();
  }, [isShown, router]);
  return null;
}
