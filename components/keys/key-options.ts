import { findEndOfDay } from "#components/ui/find-moments";
import { toLocalTime } from "#components/ui/format-time";
import type { ApiKey, KeyChanges } from "#lib/keys/schema";
import { READING_SCOPES, SCOPES, type Scope } from "#lib/keys/shape";

/** The options of a key except its name, as the form fields hold them. */
export type KeyOptions = {
  note: string;
  /** A number of days, a calendar day, or none. */
  expiry: "never" | "7" | "30" | "60" | "90" | "date";
  /** `2027-01-31`, when the expiry is a day. */
  date: string;
  access: "full" | "read" | "custom";
  scopes: Scope[];
  /** One address or block on each line. */
  addresses: string;
  limit: string;
};

const DAY_MILLISECONDS = 86_400_000;

/** The default options of a new key. */
export const NO_OPTIONS: KeyOptions = {
  note: "",
  expiry: "never",
  date: "",
  access: "full",
  scopes: [],
  addresses: "",
  limit: "",
};

/** The current options of a key. */
export const toKeyOptions = (key: ApiKey): KeyOptions => {
  const scopes = key.scopes.filter((scope) => scope !== "*");
  const isReading = scopes.length === READING_SCOPES.length && READING_SCOPES.every((scope) => scopes.includes(scope));
  return {
    note: key.note ?? "",
    expiry: key.expires_at ? "date" : "never",
    date: key.expires_at ? toLocalTime(key.expires_at).slice(0, 10) : "",
    access: key.scopes.includes("*") ? "full" : isReading ? "read" : "custom",
    scopes,
    addresses: key.allowed_addresses.join("\n"),
    limit: key.rate_limit_per_minute?.toString() ?? "",
  };
};

/** The request body that changes the options from `before` to `now`: only the members that differ. */
export const toKeyChanges = (before: KeyOptions, now: KeyOptions): KeyChanges => {
  const differs = (...names: (keyof KeyOptions)[]) => names.some((name) => `${before[name]}` !== `${now[name]}`);
  return {
    ...(differs("note") && { note: now.note }),
    ...(differs("expiry", "date") && { expires_at: toExpiry(now) }),
    ...(differs("access", "scopes") && { scopes: toScopes(now) }),
    ...(differs("addresses") && { allowed_addresses: toLines(now.addresses) }),
    ...(differs("limit") && { rate_limit_per_minute: toNumber(now.limit) }),
  };
};

/** The non-empty lines, in order. */
export const toLines = (text: string): string[] =>
  text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter((line) => line !== "");

// A key that expires on a day works until that day ends in the reader's zone.
function toExpiry({ expiry, date }: KeyOptions): string | null {
  if (expiry === "never") return null;
  if (expiry !== "date") return new Date(Date.now() + Number(expiry) * DAY_MILLISECONDS).toISOString();
  return findEndOfDay(date)?.toISOString() ?? date;
}

function toScopes({ access, scopes }: KeyOptions): KeyChanges["scopes"] {
  if (access === "full") return ["*"];
  return access === "read" ? [...READING_SCOPES] : SCOPES.filter((scope) => scopes.includes(scope));
}

// Invalid numbers are sent unchanged, so that the server refuses them.
function toNumber(text: string): number | null {
  return text.trim() === "" ? null : Number(text);
}
