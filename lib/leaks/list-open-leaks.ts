import { z } from "zod";
import type { MemberActor } from "#lib/audit/schema";
import { currentMoment } from "#lib/clock";
import { database } from "#lib/db/database";
import type { KeyLeak as KeyLeakRow } from "#lib/db/generated/client";
import { isUuid, toMoment } from "#lib/db/sql-values";
import { ApiError } from "#lib/errors";
import { lockOwnKey } from "#lib/keys/end-key";
import { type KeyLeak, keyLeakSchema, type OpenLeak } from "#lib/leaks/schema";
import { asMember } from "#lib/organizations/as-member";
import { say } from "#lib/problems/problem";

/** The organization's leaked keys that nobody has acknowledged yet, newest first. Deleted keys are left out. */
export const listOpenLeaks = async (organizationId: string): Promise<OpenLeak[]> => {
  const { prisma } = await database();
  const rows = await prisma.keyLeak.findMany({
    where: { acknowledgedAt: null, key: { organizationId, revokedAt: null } },
    include: { key: { select: { name: true } } },
    orderBy: [{ reportedAt: "desc" }, { keyId: "desc" }],
  });
  return rows.map((row) => ({ ...toKeyLeak(row), key_name: row.key.name }));
};

/** The leak of one of the organization's keys. Null when there is no such key, or no report about it. */
export const findLeak = async (organizationId: string, keyId: string | undefined): Promise<KeyLeak | null> => {
  if (!isUuid(keyId)) return null;
  const { prisma } = await database();
  const row = await prisma.keyLeak.findFirst({ where: { keyId, key: { organizationId, revokedAt: null } } });
  return row && toKeyLeak(row);
};

/** Records that somebody has acknowledged the leak of a key that they may change. Only the first time counts. */
export const acknowledgeLeak = (actor: MemberActor, id: string | undefined): Promise<KeyLeak> =>
  asMember(actor, "keys.change_own", async (tx, role) => {
    const { id: keyId, leak } = await lockOwnKey(tx, { ...actor, role }, id);
    if (!leak) throw new ApiError("NotFound", say("leak_not_reported"));
    const acknowledgedAt = leak.acknowledgedAt ?? currentMoment();
    return toKeyLeak(await tx.keyLeak.update({ where: { keyId }, data: { acknowledgedAt } }));
  });

/** Converts a leak's row for output. */
export const toKeyLeak = (row: KeyLeakRow): KeyLeak =>
  keyLeakSchema.parse({
    key_id: row.keyId,
    source: row.source,
    url: row.url,
    reported_at: toMoment(row.reportedAt),
    acknowledged_at: row.acknowledgedAt && toMoment(row.acknowledgedAt),
  });

const DAYS_BEFORE_REPORT = 30;

// Years outside the database's range are refused.
const daySchema = z.iso.date().refine((day) => day >= "1970");

/** The requested day, or by default a month before the report, or the key's first day if that is later. */
export const toSince = (asked: string | undefined, createdAt: string, leak: Pick<KeyLeak, "reported_at">): string => {
  const day = daySchema.safeParse(asked);
  if (day.success) return day.data;
  const before = new Date(Date.parse(leak.reported_at) - DAYS_BEFORE_REPORT * 86_400_000).toISOString();
  return (before > createdAt ? before : createdAt).slice(0, 10);
};
