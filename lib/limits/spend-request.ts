import { type Bucket, LEASE_SECONDS, levelAt, momentOf, takeTokens, wholeTokens } from "#lib/limits/take-tokens";

const FORGET_MILLISECONDS = 2 * 60_000;
// A lease is half a second's worth of the limit at most, and what was asked for in a second lately: when calls become
// fewer, few tokens go bad.
const LEASES_A_MINUTE = 120;

type Waiting = { resolve(allowance: Allowance): void; reject(error: unknown): void };

/** What this process knows of one key's limit. */
type Account = {
  lease: Lease | undefined;
  limit: number;
  waiting: Waiting[];
  isAsking: boolean;
  /** Requests in the second under way, and in the one before it. */
  demand: { since: number; count: number; before: number };
};

type Accounts = { byKey: Map<string, Account>; sweptAt: number };

// Next compiles its own copy of this module; both must spend the same tokens.
const shared = globalThis as { boringAccounts?: Accounts };

/**
 * Spends one request of a key's limit, at once when there is a token in hand. Throws when the bucket cannot be asked: a
 * database that is away lets nothing through.
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

// From what is known here alone; undefined when the bucket has to be asked.
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

// Whoever comes while the question is under way is served from what is left over, or asks next.
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
  shared.boringAccounts ??= { byKey: new Map(), sweptAt: performance.now() };
  const { byKey } = shared.boringAccounts;
  const existing = byKey.get(keyId);
  if (existing) {
    existing.limit = limit;
    return existing;
  }
  forgetIdle(shared.boringAccounts);
  const demand = { since: performance.now(), count: 0, before: 0 };
  const created: Account = { lease: undefined, limit, waiting: [], isAsking: false, demand };
  byKey.set(keyId, created);
  return created;
}

function forgetIdle(accounts: Accounts): void {
  const now = performance.now();
  if (now - accounts.sweptAt < FORGET_MILLISECONDS) return;
  accounts.sweptAt = now;
  for (const [keyId, { demand, isAsking }] of accounts.byKey) {
    if (!isAsking && now - demand.since > FORGET_MILLISECONDS) accounts.byKey.delete(keyId);
  }
}

/** What an instance knows of a key's bucket: the tokens that it has in hand until they go bad, and those left behind. */
export type Lease = { limit: number; inHand: number; goodUntil: number; bucket: Bucket };

/** A request of a key that was judged by its limit; times are whole seconds. */
export type Allowance = {
  isAllowed: boolean;
  limit: number;
  remaining: number;
  /** Until the key may make all its requests at once again. */
  resetSeconds: number;
  /** Until the next request is allowed, at least 1. */
  retrySeconds: number;
};

/** What is to be done with a request: spend a token in hand, refuse it, or ask the bucket for tokens. */
export const judgeRequest = (lease: Lease, limit: number, now: number): "allow" | "refuse" | "ask" => {
  if (lease.limit !== limit) return "ask";
  if (lease.inHand > 0 && now < lease.goodUntil) return "allow";
  return now < momentOf(1, lease.bucket, limit) ? "refuse" : "ask";
};

/** What the caller is told about the limit, as far as this instance knows. */
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
