import { recordAuditEvent } from "#lib/audit/record-audit-event";
import type { AuditEntry, MemberActor } from "#lib/audit/schema";
import { currentMoment } from "#lib/clock";
import type { Prisma } from "#lib/db/generated/client";
import { ApiError } from "#lib/errors";
import { lockKey, lockOwnKey } from "#lib/keys/end-key";
import type { ApiKey, KeyChanges } from "#lib/keys/schema";
import { KEY_INCLUDE, toApiKey, toChanges, toKeyColumns, toStatus } from "#lib/keys/to-api-key";
import { asMember } from "#lib/organizations/as-member";
import type { Role } from "#lib/organizations/schema";
import { say } from "#lib/problems/problem";

type Row = Awaited<ReturnType<typeof lockKey>>;

/**
 * Changes one of the organization's keys atomically. When this returns, the change is committed: later requests with a
 * disabled key are refused, and requests in progress cannot commit a write for it. Throws 409 for a change that would
 * revive a leaked or replaced key, or one that stays expired.
 */
export const updateKey = async (
  actor: MemberActor,
  keyId: string | undefined,
  changes: KeyChanges,
): Promise<ApiKey> => {
  const { is_active, ...rest } = changes;
  const columns = toKeyColumns(rest);
  const disablesOnly = is_active === false && Object.values(rest).every((change) => change === undefined);
  const update = async (tx: Prisma.TransactionClient, role: Role): Promise<ApiKey> => {
    const lock = disablesOnly ? lockKey : lockOwnKey;
    const key = await lock(tx, { ...actor, role }, keyId);
    if (columns.expiresAt !== undefined) checkExpiry(key, columns.expiresAt);
    if (is_active) checkEnabling({ ...key, ...columns });
    const disabledAt = is_active ? null : (key.disabledAt ?? currentMoment());
    const data = { ...columns, ...(is_active !== undefined && { disabledAt }) };
    const changed = await tx.apiKey.update({ where: { id: key.id }, data, include: KEY_INCLUDE });
    await recordAuditEvent(tx, actor, ...toEntries(key, changed));
    return toApiKey(changed);
  };
  return asMember(actor, disablesOnly ? "keys.disable" : "keys.change_own", update, { isUrgent: true });
};

// An update without any difference is not an event.
function toEntries(before: Row, after: Row): AuditEntry[] {
  const entries: AuditEntry[] = [];
  const changes = toChanges(toApiKey(before), toApiKey(after));
  if (changes) entries.push({ action: "key.updated", keyId: after.id, details: { changes } });
  if (after.disabledAt && !before.disabledAt) entries.push({ action: "key.disabled", keyId: after.id });
  if (before.disabledAt && !after.disabledAt) entries.push({ action: "key.enabled", keyId: after.id });
  return entries;
}

function checkExpiry(key: Row, expiresAt: Date | null): void {
  if (!key.replacedBy || !key.expiresAt || (expiresAt && expiresAt <= key.expiresAt)) return;
  throw new ApiError("InvalidState", say("key_ends_only_earlier"));
}

function checkEnabling(key: Row): void {
  if (key.leak) throw new ApiError("InvalidState", say("key_leaked"));
  if (toStatus({ ...key, disabledAt: null }) !== "expired") return;
  throw new ApiError("InvalidState", say("key_expired"));
}
