import { database } from "#lib/db/database";
import type { Prisma } from "#lib/db/generated/client";
import { settings } from "#lib/env";
import { mailNotices, type Written } from "#lib/notices/mail-notices";
import { ALWAYS_TOLD, type NoticeKind } from "#lib/notices/schema";

/** Something that people are told about. */
export type Happening = {
  kind: NoticeKind;
  /** Absent for what concerns the person's own account. */
  organizationId: string | null;
  /** The key, account, post or person that it is about. */
  subjectId: string;
  /** Tells apart what may happen to one thing several times. */
  step?: string;
  /** Who is told besides the organization's admins and owners, while they are a member. */
  personId?: string | null;
  /** Who did it, and so is told nothing new. */
  actorId?: string | null;
};

// A burst of these is one mail: the console has all of them.
const BURSTS: readonly NoticeKind[] = ["post.failed", "post.unknown", "key.expiring", "key.unused"];

// Whoever is deleting their account has locked their row. They are passed over: waiting for them could end in a deadlock,
// because they wait for the thing that this transaction has locked.
const WRITE = `
  WITH given AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset($1::jsonb) AS happening
      ("organizationId" uuid, kind text, "subjectId" uuid, step text, "personId" uuid, "actorId" uuid, "isAlways" boolean,
       "isBurst" boolean)
  ), concerned AS MATERIALIZED (
    SELECT given.*, m.user_id FROM given JOIN memberships m
      ON m.organization_id = "organizationId" AND (m.role <> 'member' OR m.user_id = "personId")
    UNION ALL
    SELECT given.*, "personId" FROM given WHERE "organizationId" IS NULL
  ), readers AS MATERIALIZED (
    SELECT id, email, locale, notice_choices FROM users WHERE id IN (SELECT user_id FROM concerned)
    FOR KEY SHARE SKIP LOCKED
  ), told AS MATERIALIZED (
    SELECT concerned.*, CASE WHEN "isAlways" THEN 'mail' ELSE coalesce(notice_choices ->> kind, 'mail') END AS place
    FROM concerned JOIN readers ON readers.id = user_id WHERE user_id IS DISTINCT FROM "actorId"
  ), written AS (
    INSERT INTO notices (id, user_id, organization_id, kind, subject_id, step, is_mailed)
    SELECT gen_random_uuid(), user_id, "organizationId", kind, "subjectId", step, place = 'mail' AND $2 AND NOT (
      "isBurst" AND EXISTS (
        SELECT FROM notices earlier
        WHERE earlier.user_id = told.user_id AND earlier.created_at > clock_timestamp() - interval '1 hour'
          AND earlier.kind = told.kind AND earlier.is_mailed AND earlier.organization_id = "organizationId"))
    FROM told WHERE place <> 'off' ON CONFLICT DO NOTHING
    RETURNING id, user_id, is_mailed
  )
  SELECT written.id, user_id AS "userId", email, locale FROM written JOIN readers ON readers.id = user_id WHERE is_mailed`;

/**
 * Tells everybody whom it concerns, in the transaction in which it happens: in the console, and by mail where the server sends
 * mail. Nobody is told the same twice, and nobody who does not want to know. Never waits for anybody.
 */
export const notify = async (tx: Prisma.TransactionClient, ...happenings: Happening[]): Promise<void> => {
  const given = happenings.map(({ kind, step = "", personId = null, actorId = null, ...rest }) => ({
    ...{ ...rest, kind, step, personId, actorId },
    ...{ isAlways: kind === ALWAYS_TOLD, isBurst: BURSTS.includes(kind) },
  }));
  const sendsMail = settings().mail !== undefined;
  const mailed = await tx.$queryRawUnsafe<Written[]>(WRITE, JSON.stringify(given), sendsMail);
  if (mailed.length > 0) await mailNotices(tx, mailed);
};

const READ_DAYS = 90;
const UNREAD_DAYS = 365;

/** Deletes notices that were read long ago, or never read for very long. Any instance may run it at any time. */
export const pruneNotices = async (): Promise<void> => {
  const { prisma } = await database();
  await prisma.$executeRaw`
    DELETE FROM notices WHERE created_at < now() - make_interval(days => ${READ_DAYS}::int)
      AND (read_at < now() - make_interval(days => ${READ_DAYS}::int)
        OR created_at < now() - make_interval(days => ${UNREAD_DAYS}::int))`;
};
