import { recordAuditEvent } from "#lib/audit/record-audit-event";
import type { AuditEntry } from "#lib/audit/schema";
import { database } from "#lib/db/database";
import { type DeadKey, readDeadKeys } from "#lib/keys/dead-keys";
import { takeTurnAtKeys } from "#lib/keys/end-key";
import { log } from "#lib/log";

const OPERATOR = { kind: "operator", organizationId: null, address: null, userAgent: null } as const;
// Each key that a transaction waits for uses an entry in the database's shared lock table.
const KEYS_AT_ONCE = 500;

/**
 * Ends every key that was deleted or leaked here but is active again because a backup was restored. Runs at the start,
 * before any request is answered.
 */
export const endRestoredKeys = async (): Promise<void> => {
  const noted = await readDeadKeys();
  const ids = await listAlive(noted);
  let ended = 0;
  for (let start = 0; start < ids.length; start += KEYS_AT_ONCE) {
    ended += await end(ids.slice(start, start + KEYS_AT_ONCE), noted);
  }
  if (ended > 0)
    log("warn", `A restored backup contained ${ended} deleted or disabled keys as active; they were ended again`);
};

async function listAlive(noted: DeadKey[]): Promise<string[]> {
  if (noted.length === 0) return [];
  const { prisma } = await database();
  const deleted = noted.filter(({ why }) => why === "deleted").map(({ id }) => id);
  const rows = await prisma.$queryRaw<{ id: string }[]>`
    SELECT id FROM api_keys k WHERE id = ANY(${noted.map(({ id }) => id)}::uuid[]) AND revoked_at IS NULL
      AND (id = ANY(${deleted}::uuid[]) OR NOT EXISTS (SELECT 1 FROM key_leaks l WHERE l.key_id = k.id))`;
  return rows.map(({ id }) => id);
}

async function end(ids: string[], noted: DeadKey[]): Promise<number> {
  const { prisma } = await database();
  const ending = new Set(ids);
  const dead = noted.filter(({ id }) => ending.has(id.toLowerCase()));
  const [keyIds, moments, reasons] = [dead.map(({ id }) => id), dead.map(({ at }) => at), dead.map(({ why }) => why)];
  return prisma.$transaction(async (tx) => {
    await takeTurnAtKeys(tx, ids);
    const rows = await tx.$queryRaw<{ id: string; organizationId: string; isDeleted: boolean }[]>`
      WITH dead AS (
        SELECT id, min(at) FILTER (WHERE why = 'deleted') AS deleted_at, min(at) AS dead_at
        FROM unnest(${keyIds}::uuid[], ${moments}::timestamptz[], ${reasons}::text[]) AS dead (id, at, why) GROUP BY id
      ), ended AS (
        UPDATE api_keys k SET revoked_at = dead.deleted_at, disabled_at = coalesce(k.disabled_at, dead.dead_at)
        FROM dead WHERE k.id = dead.id AND k.revoked_at IS NULL
          AND (dead.deleted_at IS NOT NULL OR NOT EXISTS (SELECT 1 FROM key_leaks l WHERE l.key_id = k.id))
        RETURNING k.id, k.organization_id, k.revoked_at IS NOT NULL AS is_deleted
      ), leaks AS (
        INSERT INTO key_leaks (key_id, source) SELECT id, 'report' FROM ended WHERE NOT is_deleted
      )
      SELECT id, organization_id AS "organizationId", is_deleted AS "isDeleted" FROM ended`;
    const entries = rows.map(
      ({ id, organizationId, isDeleted }): AuditEntry => ({
        action: isDeleted ? "key.deleted" : "key.leaked",
        ownerId: organizationId,
        keyId: id,
        details: { restored: true },
      }),
    );
    await recordAuditEvent(tx, OPERATOR, ...entries);
    return rows.length;
  });
}
