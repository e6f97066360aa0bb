import { setTimeout } from "node:timers/promises";
import { markRevoked, openAccount, refreshCredential } from "#lib/accounts/refresh-credential";
import { DOUBTFUL_FAILURES, EXPIRING_DAYS, toAccount } from "#lib/accounts/to-account";
import { database } from "#lib/db/database";
import type { Prisma, SocialAccount } from "#lib/db/generated/client";
import { log, toLogFields } from "#lib/log";
import { NetworkError } from "#lib/networks/network-error";
import { listConnectors } from "#lib/networks/registry";
import { notify } from "#lib/notices/notify";
import { announce } from "#lib/webhooks/announce";

const ROUND_MILLISECONDS = 60_000;
const ACCOUNTS_A_ROUND = 50;
const AT_ONCE = 5;
const FIRST_WAIT_SECONDS = 60;
const LONGEST_WAIT_SECONDS = 21_600;
const GROWTH = 4;

/** Keeps connections alive every minute until stopped. Returns a function that stops it and resolves when it has. */
export const startKeeping = (): (() => Promise<void>) => {
  const stopping = new AbortController();
  const ended = loop(stopping.signal);
  return async () => {
    stopping.abort();
    await ended;
  };
};

async function loop(stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    try {
      await keepConnections(stopping);
    } catch (error) {
      log("warn", "Connections could not be kept; the next round tries again", toLogFields(error));
    }
    await setTimeout(ROUND_MILLISECONDS, undefined, { signal: stopping, ref: false }).catch(() => {});
  }
}

/**
 * Refreshes credentials that are due, also of accounts that nobody uses, and tells of those that come to their end. Any
 * number of processes may do this at once. Once `stopping`, it leaves the rest to later rounds.
 */
export const keepConnections = async (stopping?: AbortSignal): Promise<void> => {
  const due = await claimDue();
  for (let start = 0; start < due.length && !stopping?.aborted; start += AT_ONCE) {
    await Promise.all(due.slice(start, start + AT_ONCE).map(refreshOne));
  }
  await tellOfEnds();
};

// The next try is planned before this one, so a process that dies leaves it to the others.
async function claimDue(): Promise<SocialAccount[]> {
  const { prisma } = await database();
  const claimed = await prisma.$queryRaw<{ id: string }[]>`
    UPDATE social_accounts SET
      refresh_failures = refresh_failures + 1,
      refresh_at = clock_timestamp() + make_interval(secs =>
        LEAST(${FIRST_WAIT_SECONDS} * ${GROWTH}::float8 ^ LEAST(refresh_failures, 10), ${LONGEST_WAIT_SECONDS}))
    WHERE id IN (
      SELECT id FROM social_accounts
      WHERE refresh_at <= clock_timestamp() AND expires_at > clock_timestamp()
        AND revoked_at IS NULL AND disconnected_at IS NULL
      ORDER BY refresh_at LIMIT ${ACCOUNTS_A_ROUND} FOR UPDATE SKIP LOCKED
    )
    RETURNING id`;
  return prisma.socialAccount.findMany({ where: { id: { in: claimed.map(({ id }) => id) } } });
}

async function refreshOne(row: SocialAccount): Promise<void> {
  try {
    await refreshCredential(row.id, openAccount(row).credential);
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    log("warn", "A credential could not be refreshed", toLogFields(error));
  }
}

// Without a refresh, or while it fails, a credential comes to its end.
async function tellOfEnds(): Promise<void> {
  const { prisma } = await database();
  const refreshing = listConnectors().flatMap(({ network, refresh }) => (refresh ? [network] : []));
  const ending = await prisma.$queryRaw<{ id: string }[]>`
    SELECT id FROM social_accounts
    WHERE expires_at <= clock_timestamp() + make_interval(days => ${EXPIRING_DAYS})
      AND (expiring_at IS NULL OR expires_at <= clock_timestamp())
      AND (network <> ALL(${refreshing}) OR refresh_failures >= ${DOUBTFUL_FAILURES})
      AND revoked_at IS NULL AND disconnected_at IS NULL
    LIMIT ${ACCOUNTS_A_ROUND}`;
  for (const { id } of ending) await prisma.$transaction((tx) => tellOfEnd(tx, id));
}

async function tellOfEnd(tx: Prisma.TransactionClient, id: string): Promise<void> {
  const [row] = await tx.$queryRaw<{ isOver: boolean }[]>`
    SELECT expires_at <= clock_timestamp() AS "isOver" FROM social_accounts
    WHERE id = ${id}::uuid AND revoked_at IS NULL AND disconnected_at IS NULL
      AND expires_at <= clock_timestamp() + make_interval(days => ${EXPIRING_DAYS})
    FOR NO KEY UPDATE SKIP LOCKED`;
  if (!row) return;
  const account = await tx.socialAccount.findUniqueOrThrow({ where: { id } });
  if (row.isOver) return markRevoked(tx, openAccount(account));
  if (account.expiringAt) return;
  await tx.$executeRaw`UPDATE social_accounts SET expiring_at = clock_timestamp() WHERE id = ${id}::uuid`;
  const { organizationId, expiresAt } = account;
  const step = expiresAt?.toISOString() ?? "";
  await notify(tx, { kind: "account.expiring", organizationId, subjectId: id, step });
  await announce(tx, organizationId, "account.expiring", async () => toAccount(account));
}
