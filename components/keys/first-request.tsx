"use client";

import { useEffect, useEffectEvent, useState } from "react";
import { callApi } from "#components/console/call-api";
import { CheckIcon } from "#components/ui/icons";
import type { Messages } from "#lib/i18n/schema";
import type { ApiKey } from "#lib/keys/schema";

const POLL_MILLISECONDS = 2000;

type FirstRequestProps = { keyId: string; text: Messages["secret"]; onArrived: () => void };

/** Waits for the first request with the key and reports its arrival. Polls only while the page is visible. */
export function FirstRequest({ keyId, text, onArrived }: FirstRequestProps) {
  const [hasArrived, setHasArrived] = useState(false);

  const look = useEffectEvent(async () => {
    if (document.hidden) return;
    const { data } = await callApi<ApiKey>("GET", `/api/keys/${keyId}`);
    if (!data?.last_used_at) return;
    setHasArrived(true);
    onArrived();
  });

  useEffect(() => {
    if (hasArrived) return;
    const timer = setInterval(() => void look(), POLL_MILLISECONDS);
    return () => clearInterval(timer);
  }, [hasArrived]);

  return (
    <div
      className={`mb-3 flex items-center gap-3 rounded-control px-3.5 py-3 ${hasArrived ? "bg-good-soft text-good" : "bg-sunken"}`}
    >
      {hasArrived ? (
        <CheckIcon className="size-5" />
      ) : (
        <span className="mx-1.5 size-2 shrink-0 motion-safe:animate-waiting rounded-full bg-muted" />
      )}
      <div role="status">
        <p className="font-medium">{hasArrived ? text.arrived : text.waiting}</p>
        <p className={`text-small ${hasArrived ? "" : "text-muted"}`}>
          {hasArrived ? text.arrivedLead : text.waitingLead}
        </p>
      </div>
    </div>
  );
}
