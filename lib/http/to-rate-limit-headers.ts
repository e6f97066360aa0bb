import type { Allowance } from "#lib/limits/judge-request";

/** What every answer for a key says about its limit (draft-ietf-httpapi-ratelimit-headers-07; the window is a minute). */
export const toRateLimitHeaders = ({ limit, remaining, resetSeconds }: Allowance): Record<string, string> => ({
  "RateLimit-Limit": String(limit),
  "RateLimit-Remaining": String(remaining),
  "RateLimit-Reset": String(resetSeconds),
  "RateLimit-Policy": `${limit};w=60`,
});
