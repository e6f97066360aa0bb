"use client";

import { toUtcTime } from "#components/ui/format-time";
import { useLocalTime } from "#components/ui/use-local-time";
import type { Usage } from "#lib/usage/schema";

type BucketTimeProps = { start: string; bucket: Usage["bucket"] };

/** The start of an hour or a day on the chart's axis: hours in the reader's time, days in UTC. */
export function BucketMark({ start, bucket }: BucketTimeProps) {
  const local = useLocalTime(start);
  return <span>{bucket === "hour" ? local.slice(5, 16) : toUtcTime(start).slice(5, 10)}</span>;
}

/** A bar's tooltip: its hour in the reader's time and in UTC, or its day, and the number of requests. */
export function BarTitle({ start, bucket, count }: BucketTimeProps & { count: string }) {
  const utc = toUtcTime(start);
  const local = useLocalTime(start);
  if (bucket === "day") return <title>{`${utc.slice(0, 10)} UTC: ${count}`}</title>;
  return <title>{`${local === utc ? utc : `${local} (${utc})`}: ${count}`}</title>;
}
