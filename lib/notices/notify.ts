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
  WITH told AS MATERIALIZED (
    SELECT u.id, u.email, u.locale, coalesce(u.notice_choices ->> $2, 'mail') = 'mail' OR $6 AS wants_mail
    FROM users u
    WHERE (CASE WHEN $1::uuid IS NULL THEN u.id = $5::uuid ELSE u.id IN (
        SELECT user_id FROM memberships WHERE organization_id = $1::uuid AND (role <> 'member' OR user_id = $5::uuid)
      ) END)
      AND u.id IS DISTINCT FROM $7::uuid AND (coalesce(u.notice_choices ->> $2, 'mail') <> 'off' OR $6)
    FOR KEY SHARE OF u SKIP LOCKED
  ), written AS (
    INSERT INTO notices (id, user_id, organization_id, kind, subject_id, step, is_mailed)
    SELECT gen_random_uuid(), id, $1::uuid, $2, $3::uuid, $4, wants_mail AND $8 AND NOT ($9 AND EXISTS (
      SELECT FROM notices earlier
      WHERE earlier.user_id = told.id AND earlier.created_at > clock_timestamp() - interval '1 hour'
        AND earlier.kind = $2 AND earlier.is_mailed AND earlier.organization_id = $1::uuid))
    FROM told ON CONFLICT DO NOTHING
    RETURNING id, user_id, is_mailed
  )
  SELECT written.id, user_id AS "userId", email, locale, is_mailed AS "isMailed"
  FROM written JOIN told ON told.id = user_id`;

/**
 * Tells everybody whom it concerns, in the transaction in which it happens: in the console, and by mail where the server sends
 * mail. Nobody is told the same twice, and nobody who does not want to know. Never waits for anybody.
 */
export const notify = async (tx: Prisma.TransactionClient, happening: Happening): Promise<void> => {
  const { kind, organizationId, subjectId, step = "", personId = null, actorId = null } = happening;
  const written = await tx.$queryRawUnsafe<Written[]>(
    WRITE,
    ...[organizationId, kind, subjectId, step, personId, kind === ALWAYS_TOLD, actorId],
    ...[settings().mail !== undefined, BURSTS.includes(kind)],
  );
  const mailed = written.filter(({ isMailed }) => isMailed);
  if (mailed.length > 0) await mailNotices(tx, mailed);
};

const READ_DAYS = 90;
const UNREAD_DAYS = 365;
const BROWSER_DAYS = 400;

/**
 * Deletes notices that were read long ago or never read, and browsers that have not signed in for long. Any instance may run
 * it at any time.
 */
export const pruneNotices = async (): Promise<void> => {
  const { prisma } = await database();
  await prisma.$executeRaw`
    DELETE FROM notices WHERE created_at < now() - make_interval(days => ${READ_DAYS}::int)
      AND (read_at < now() - make_interval(days => ${READ_DAYS}::int)
        OR created_at < now() - make_interval(days => ${UNREAD_DAYS}::int))`;
  await prisma.$executeRaw`
    DELETE FROM known_browsers WHERE last_seen_at < now() - make_interval(days => ${BROWSER_DAYS}::int)`;
};
