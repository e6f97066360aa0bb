import { database } from "#lib/db/database";
import type { Prisma } from "#lib/db/generated/client";
import { UNUSED_DAYS } from "#lib/keys/to-api-key";
import { tellOfKeys } from "#lib/notices/tell-of-key";

const KEYS_AT_ONCE = 200;

/**
 * Tells of keys that expire in a week or a day, and of keys that nobody has used for ninety days, each once. Any instance may
 * run it at any time. What it costs depends on the keys that are due, not on how many there are.
 */
export const watchKeys = async (): Promise<void> => {
  for (const step of EXPIRY_STEPS) await repeat((tx) => tellOfExpiring(tx, step));
  await repeat(tellOfUnused);
};

async function repeat(tellSome: (tx: Prisma.TransactionClient) => Promise<number>): Promise<void> {
  const { prisma } = await database();
  for (let seen = KEYS_AT_ONCE; seen === KEYS_AT_ONCE; )
    seen = await prisma.$transaction(tellSome, { timeout: 60_000 });
}

type Alert = { keyId: string; about: Date };

/** A key that has only a day left is not told to have a week, and neither is one that was generated for less. */
const EXPIRY_STEPS = [
  { step: "expires-in-1-day", fromDays: 0, toDays: 1 },
  { step: "expires-in-7-days", fromDays: 1, toDays: 7 },
] as const;

// SKIP LOCKED, so that two instances do not wait for each other: what one skips, the other tells. The alert's row is the proof
// that somebody did.
async function tellOfExpiring(
  tx: Prisma.TransactionClient,
  { step, fromDays, toDays }: (typeof EXPIRY_STEPS)[number],
): Promise<number> {
  const alerts = await tx.$queryRaw<Alert[]>`
    WITH due AS MATERIALIZED (
      SELECT id, expires_at FROM api_keys k
      WHERE expires_at > clock_timestamp() + make_interval(days => ${fromDays}::int)
        AND expires_at <= clock_timestamp() + make_interval(days => ${toDays}::int)
        AND created_at < expires_at - make_interval(days => ${toDays}::int)
        AND revoked_at IS NULL AND disabled_at IS NULL
        AND NOT EXISTS (SELECT FROM key_alerts a WHERE a.key_id = k.id AND a.step = ${step} AND a.about = k.expires_at)
      ORDER BY expires_at LIMIT ${KEYS_AT_ONCE} FOR NO KEY UPDATE OF k SKIP LOCKED
    )
    INSERT INTO key_alerts (key_id, step, about) SELECT id, ${step}, expires_at FROM due ON CONFLICT DO NOTHING
    RETURNING key_id AS "keyId", about`;
  for (const { keyId, about } of alerts) {
    await tellOfKeys(tx, [keyId], { kind: "key.expiring", step: `${step}/${about.toISOString()}` });
  }
  return alerts.length;
}

// Each key says itself when to look again: ninety days after its last use, so that a key in use is seldom looked at. Disabled
// ones may be enabled again.
async function tellOfUnused(tx: Prisma.TransactionClient): Promise<number> {
  const looked = await tx.$queryRaw<(Alert & { isUnused: boolean })[]>`
    WITH due AS MATERIALIZED (
      SELECT k.id, revoked_at IS NOT NULL AS "isGone", coalesce(last_used_at, created_at) AS used,
             disabled_at IS NULL AND (expires_at IS NULL OR expires_at > clock_timestamp()) AS works
      FROM api_keys k LEFT JOIN key_last_uses u ON u.key_id = k.id
      WHERE unused_look_at <= clock_timestamp()
      ORDER BY unused_look_at LIMIT ${KEYS_AT_ONCE} FOR NO KEY UPDATE OF k SKIP LOCKED
    )
    UPDATE api_keys SET unused_look_at = CASE
      WHEN "isGone" THEN NULL
      WHEN NOT works THEN clock_timestamp() + interval '7 days'
      ELSE greatest(used + make_interval(days => ${UNUSED_DAYS}::int), clock_timestamp() + interval '1 day') END
    FROM due WHERE api_keys.id = due.id
    RETURNING api_keys.id AS "keyId", used AS about,
      NOT "isGone" AND works AND used <= clock_timestamp() - make_interval(days => ${UNUSED_DAYS}::int) AS "isUnused"`;
  for (const { keyId, about, isUnused } of looked) {
    if (!isUnused) continue;
    const step = "unused";
    const { count } = await tx.keyAlert.createMany({ data: { keyId, step, about }, skipDuplicates: true });
    if (count === 1) await tellOfKeys(tx, [keyId], { kind: "key.unused", step: about.toISOString() });
  }
  return looked.length;
}
