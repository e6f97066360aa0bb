import { type Bucket, LEASE_SECONDS, levelAt, momentOf, takeTokens, wholeTokens } from "#lib/limits/take-tokens";

const FORGET_MILLISECONDS = 2 * 60_000;
// A lease holds at most half a second's share of the limit, and no more than the recent requests in a second. When traffic
// falls, few tokens expire unused.
const LEASES_A_MINUTE = 120;

type Waiting = { resolve(allowance: Allowance): void; reject(error: unknown): void };

/** The state of one key's limit in this process. */
type Account = {
  lease: Lease | undefined;
  limit: number;
  waiting: Waiting[];
  isAsking: boolean;
  /** Requests in the current second, and in the one before it. */
  demand: { since: number; count: number; before: number };
};

type Accounts = { byKey: Map<string, Account>; sweptAt: number };

const accounts: Accounts = { byKey: new Map(), sweptAt: performance.now() };

/**
 * Spends one request of a key's limit, without a query when this process holds a token. Throws when the bucket cannot be
 * queried: without a database every request is refused.
 */
export const spendRequest = (keyId: string, limit: number): Allowance | Promise<Allowance> => {
  const account = openAccount(keyId, limit);
  const now = performance.now();
  countDemand(account, now);
  const allowance = account.waiting.length === 0 ? settle(account, now) : undefined;
  if (allowance) return allowance;
  return new Promise((resolve, reject) => {
    account.waiting.push({ resolve, reject });
    if (!account.isAsking) void askForAll(keyId, account);
  });
};

// Decides from the lease. Undefined when the bucket must be queried.
function settle({ lease, limit }: Account, now: number): Allowance | undefined {
  if (!lease) return undefined;
  const verdict = judgeRequest(lease, limit, now);
  if (verdict === "ask") return undefined;
  if (verdict === "allow") lease.inHand--;
  return toAllowance(verdict === "allow", lease, now);
}

async function askForAll(keyId: string, account: Account): Promise<void> {
  account.isAsking = true;
  while (account.waiting.length > 0) {
    try {
      await ask(keyId, account);
    } catch (error) {
      for (const { reject } of account.waiting.splice(0)) reject(error);
    }
  }
  account.isAsking = false;
}

// Requests that arrive during the query use the leftover tokens, or trigger the next query.
async function ask(keyId: string, account: Account): Promise<void> {
  const { limit } = account;
  const asking = account.waiting.length;
  const askedAt = performance.now();
  const { granted, tokens } = await takeTokens(keyId, { limit, needed: asking, spare: spareFor(account, asking) });
  const now = performance.now();
  const inHand = Math.max(0, granted - asking);
  const lease = { limit, inHand, goodUntil: askedAt + LEASE_SECONDS * 1000, bucket: { tokens, refilledAt: now } };
  account.lease = lease;
  for (const [index, { resolve }] of account.waiting.splice(0, asking).entries()) {
    resolve(toAllowance(index < granted, lease, now));
  }
  while (account.waiting.length > 0) {
    const allowance = settle(account, now);
    if (!allowance) return;
    account.waiting.shift()?.resolve(allowance);
  }
}

function spareFor({ limit, demand }: Account, asking: number): number {
  const lately = Math.max(demand.before, demand.count);
  const wanted = Math.min(Math.ceil(limit / LEASES_A_MINUTE), lately);
  return Math.max(0, wanted - asking);
}

function countDemand({ demand }: Account, now: number): void {
  const elapsed = now - demand.since;
  if (elapsed >= 1000) {
    demand.before = elapsed < 2000 ? demand.count : 0;
    demand.count = 0;
    demand.since = now;
  }
  demand.count++;
}

function openAccount(keyId: string, limit: number): Account {
  const existing = accounts.byKey.get(keyId);
  if (existing) {
    existing.limit = limit;
    return existing;
  }
  forgetIdle();
  const demand = { since: performance.now(), count: 0, before: 0 };
  const created: Account = { lease: undefined, limit, waiting: [], isAsking: false, demand };
  accounts.byKey.set(keyId, created);
  return created;
}

function forgetIdle(): void {
  const now = performance.now();
  if (now - accounts.sweptAt < FORGET_MILLISECONDS) return;
  accounts.sweptAt = now;
  for (const [keyId, { demand, isAsking }] of accounts.byKey) {
    if (!isAsking && now - demand.since > FORGET_MILLISECONDS) accounts.byKey.delete(keyId);
  }
}

/** What an instance knows of a key's bucket: its own tokens until they expire, and those left in the bucket. */
export type Lease = { limit: number; inHand: number; goodUntil: number; bucket: Bucket };

/** The decision about a request of a key. Times are in whole seconds. */
export type Allowance = {
  isAllowed: boolean;
  limit: number;
  remaining: number;
  /** Until the whole limit is available again. */
  resetSeconds: number;
  /** Until the next request is allowed, at least 1. */
  retrySeconds: number;
};

/** The decision about a request: spend a token of the lease, refuse it, or ask the bucket for tokens. */
export const judgeRequest = (lease: Lease, limit: number, now: number): "allow" | "refuse" | "ask" => {
  if (lease.limit !== limit) return "ask";
  if (lease.inHand > 0 && now < lease.goodUntil) return "allow";
  return now < momentOf(1, lease.bucket, limit) ? "refuse" : "ask";
};

/** What the caller may know about the limit, as far as this instance knows it. */
export const toAllowance = (
  isAllowed: boolean,
  { limit, inHand, goodUntil, bucket }: Lease,
  now: number,
): Allowance => {
  const left = Math.min(limit, levelAt(bucket, limit, now) + (now < goodUntil ? inHand : 0));
  return {
    isAllowed,
    limit,
    remaining: wholeTokens(left),
    resetSeconds: Math.ceil(((limit - left) * 60) / limit),
    retrySeconds: Math.max(1, Math.ceil((momentOf(1, bucket, limit) - now) / 1000)),
  };
};
