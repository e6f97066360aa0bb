import { z } from "zod";
import { currentMoment } from "#lib/clock";
import { database } from "#lib/db/database";
import type { KeyLeak as KeyLeakRow } from "#lib/db/generated/client";
import { isUuid, toMoment } from "#lib/db/sql-values";
import { ApiError } from "#lib/errors";
import { type KeyLeak, keyLeakSchema, type OpenLeak } from "#lib/leaks/schema";
import { say } from "#lib/problems/problem";

/** The user's leaked keys that they have not been through yet, newest first. Deleted keys need no care any more. */
export const listOpenLeaks = async (userId: string): Promise<OpenLeak[]> => {
  const { prisma } = await database();
  const rows = await prisma.keyLeak.findMany({
    where: { acknowledgedAt: null, key: { userId, revokedAt: null } },
    include: { key: { select: { name: true } } },
    orderBy: [{ reportedAt: "desc" }, { keyId: "desc" }],
  });
  return rows.map((row) => ({ ...toKeyLeak(row), key_name: row.key.name }));
};

/** The leak of one of the user's keys, or null: no such key, or nobody has reported it. */
export const findLeak = async (userId: string, keyId: string | undefined): Promise<KeyLeak | null> => {
  if (!isUuid(keyId)) return null;
  const { prisma } = await database();
  const row = await prisma.keyLeak.findFirst({ where: { keyId, key: { userId, revokedAt: null } } });
  return row && toKeyLeak(row);
};

/** Notes that the owner has been through the leak of one of their keys; the first time counts. */
export const acknowledgeLeak = async (userId: string, keyId: string | undefined): Promise<KeyLeak> => {
  const { prisma } = await database();
  if (isUuid(keyId)) {
    await prisma.keyLeak.updateMany({
      where: { keyId, acknowledgedAt: null, key: { userId, revokedAt: null } },
      data: { acknowledgedAt: currentMoment() },
    });
  }
  const leak = await findLeak(userId, keyId);
  if (!leak) throw new ApiError("NotFound", say("leak_not_reported"));
  return leak;
};

/** What may leave of a leak's row. */
export const toKeyLeak = (row: KeyLeakRow): KeyLeak =>
  keyLeakSchema.parse({
    key_id: row.keyId,
    source: row.source,
    url: row.url,
    reported_at: toMoment(row.reportedAt),
    acknowledged_at: row.acknowledgedAt && toMoment(row.acknowledgedAt),
  });

const DAYS_BEFORE_REPORT = 30;

// Years that no database knows are left out.
const daySchema = z.iso.date().refine((day) => day >= "1970");

/** The day that was asked for; else a month before the report, or the key's first day when that was later. */
export const toSince = (asked: string | undefined, createdAt: string, leak: Pick<KeyLeak, "reported_at">): string => {
  const day = daySchema.safeParse(asked);
  if (day.success) return day.data;
  const before = new Date(Date.parse(leak.reported_at) - DAYS_BEFORE_REPORT * 86_400_000).toISOString();
  return (before > createdAt ? before : createdAt).slice(0, 10);
};
