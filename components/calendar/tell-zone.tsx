"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { ZONE_COOKIE } from "#lib/calendar/schema";

const YEAR_SECONDS = 31_536_000;

/** Tells the server which time zone this browser is in. A page that shows days by it is then rendered anew. */
export function TellZone({ isShown = false }: { isShown?: boolean }) {
  const router = useRouter();
  useEffect(() => {
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    const cookie = `${ZONE_COOKIE}=${timeZone}`;
    if (document.cookie.split("; ").includes(cookie)) return;
    // The Cookie Store is closed to pages on plain http:// addresses.
    Object.assign(document, { cookie: `${cookie};path=/;max-age=${YEAR_SECONDS}` });
    if (isShown) router.refresh();
  }, [isShown, router]);
  return null;
}
