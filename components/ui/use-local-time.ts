"use client";

import { createContext, use } from "react";
import { toLocalTime, toUtcTime } from "#components/ui/format-time";
import { useIsHydrated } from "#components/ui/use-is-hydrated";

const ReaderZone = createContext<string | null>(null);

/** Provides the time zone that the reader chose, or null for their computer's. */
export const ReaderZoneProvider = ReaderZone.Provider;

/** A moment by the reader's clocks. Without a chosen zone, the server and the first render show UTC. */
export const useLocalTime = (at: string): string => {
  const zone = use(ReaderZone);
  const isHydrated = useIsHydrated();
  return zone || isHydrated ? toLocalTime(at, zone ?? undefined) : toUtcTime(at);
};
