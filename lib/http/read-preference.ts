/** What a client prefers about waiting (RFC 7240 §4.1 and §4.3), and how that is confirmed. */
export type Preference = { waitSeconds: number; applied: string | undefined };

const DEFAULT_WAIT_SECONDS = 10;
const MAX_WAIT_SECONDS = 25;

/** Reads `Prefer`: `respond-async` does not wait, `wait=N` waits N seconds, at most 25. What is not understood is ignored. */
export const readPreference = (headers: Headers): Preference => {
  const preferences = (headers.get("prefer") ?? "").split(/[,;]/).map((preference) => preference.trim().toLowerCase());
  if (preferences.includes("respond-async")) return { waitSeconds: 0, applied: "respond-async" };
  const asked = preferences.map((preference) => /^wait\s*=\s*"?(\d{1,9})"?$/.exec(preference)?.[1]).find(Boolean);
  if (asked === undefined) return { waitSeconds: DEFAULT_WAIT_SECONDS, applied: undefined };
  const waitSeconds = Math.min(Number(asked), MAX_WAIT_SECONDS);
  return { waitSeconds, applied: `wait=${waitSeconds}` };
};
