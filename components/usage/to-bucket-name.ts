import type { Usage } from "#lib/usage/schema";

/** `2025-01-15 10:00` for an hour, `2025-01-15` for a day. */
export const toBucketName = (start: string, bucket: Usage["bucket"]): string =>
  start.slice(0, bucket === "hour" ? 16 : 10).replace("T", " ");
