import { findEndOfDay } from "#components/ui/find-moments";
import type { ApiKey, KeyChanges, Scope } from "#lib/keys/schema";

/** What can be chosen about a key beside its name, as the fields hold it. */
export type KeyOptions = {
  note: string;
  /** Days from now, a day of the calendar, or none. */
  expiry: "never" | "7" | "30" | "60" | "90" | "date";
  /** `2027-01-31`, when the expiry is a day. */
  date: string;
  access: "full" | "read" | "custom";
  scopes: Scope[];
  /** One address or block a line. */
  addresses: string;
  limit: string;
};

export const EVERYTHING: readonly Scope[] = ["posts:read", "posts:write", "accounts:read"];
const READING: readonly Scope[] = ["posts:read", "accounts:read"];
const DAY_MILLISECONDS = 86_400_000;

/** The options of a key that nobody has chosen anything for. */
export const NO_OPTIONS: KeyOptions = {
  note: "",
  expiry: "never",
  date: "",
  access: "full",
  scopes: [],
  addresses: "",
  limit: "",
};

/** The options as a key has them. */
export const toKeyOptions = (key: ApiKey): KeyOptions => {
  const scopes = key.scopes.filter((scope) => scope !== "*");
  const isReading = scopes.length === READING.length && READING.every((scope) => scopes.includes(scope));
  return {
    note: key.note ?? "",
    expiry: key.expires_at ? "date" : "never",
    date: key.expires_at ? toLocalDay(new Date(key.expires_at)) : "",
    access: key.scopes.includes("*") ? "full" : isReading ? "read" : "custom",
    scopes,
    addresses: key.allowed_addresses.join("\n"),
    limit: key.rate_limit_per_minute?.toString() ?? "",
  };
};

/** What to send so that a key with the options of before gets those of now: the members that differ. */
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

/** The lines that say something, in order. */
export const toLines = (text: string): string[] =>
  text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter((line) => line !== "");

// A key that ends on a day works until that day is over, where the reader is.
function toExpiry({ expiry, date }: KeyOptions): string | null {
  if (expiry === "never") return null;
  if (expiry !== "date") return new Date(Date.now() + Number(expiry) * DAY_MILLISECONDS).toISOString();
  return findEndOfDay(date)?.toISOString() ?? date;
}

function toScopes({ access, scopes }: KeyOptions): KeyChanges["scopes"] {
  if (access === "full") return ["*"];
  return access === "read" ? [...READING] : EVERYTHING.filter((scope) => scopes.includes(scope));
}

// What is no number is the server's to refuse, so it is sent as it is.
function toNumber(text: string): number | null {
  return text.trim() === "" ? null : Number(text);
}

function toLocalDay(date: Date): string {
  const part = (value: number) => `${value}`.padStart(2, "0");
  return `${date.getFullYear()}-${part(date.getMonth() + 1)}-${part(date.getDate())}`;
}
