import { invalidAccountId } from "#lib/accounts/get-account";
import type { MemberActor } from "#lib/audit/schema";
import type { Statement } from "#lib/db/connection";
import { database } from "#lib/db/database";
import { shareTurn } from "#lib/db/turns";
import { LEASE_END } from "#lib/due/claim";
import type { Locale } from "#lib/i18n/schema";
import { IDEMPOTENCY_HOURS } from "#lib/idempotency/find-idempotent";
import { KeyRefusedError } from "#lib/keys/verify-secret";
import type { PostOptions } from "#lib/networks/connector";
import { membershipTurn, organizationNotFound } from "#lib/organizations/as-member";
import type { Part } from "#lib/posts/schema";
import type { Problem } from "#lib/problems/problem";
import { storeProblem } from "#lib/problems/tell-problem";

/** The author of a post: an API key of the organization, or a member who writes it in the console. */
export type Author = { organizationId: string; locale?: Locale | undefined } & (
  | { keyId: string; user?: undefined }
  | { keyId: null; user: Person }
);

type Person = { id: string; name: string | null; email: string };

/** A member as the author of a post, who reads about it in the console's language. */
export const toAuthor = (
  { organizationId }: MemberActor,
  { id, name, email }: Person,
  locale: Locale | undefined,
): Author => ({ organizationId, user: { id, name, email }, keyId: null, locale });

/** A part as known when its post is accepted: its identity at the network and, if it is already published, the result. */
export type FirstPart = { index: number; identity: string; networkPostId?: string; url?: string; reference?: object };

/** Everything that is written when a post is accepted. */
export type Acceptance = {
  author: Author;
  postId: string;
  accountId: string;
  parts: Part[];
  /** What is asked of the account's network alone. */
  options: PostOptions | undefined;
  warnings: Problem[];
  scheduledAt: Date | null;
  /** The claim of this process, if it publishes the post at once. */
  claimId: string | null;
  /** The parts that are about to be sent, or already published if publishing them again would do no harm. */
  firstParts: FirstPart[];
  isDone: boolean;
  idempotency: { key: string; bodyHash: Uint8Array; busySeconds: number } | null;
};

/** The result. `post` is undefined when the idempotency key already stands for another post. */
export type Accepted = {
  post: { status: "scheduled" | "queued" | "publishing" | "published"; createdAt: Date } | undefined;
  keyName: string | null;
};

type Row = {
  keyId: string | null;
  keyName: string | null;
  isDeleted: boolean;
  isDisabled: boolean;
  isExpired: boolean;
  accountId: string | null;
  status: NonNullable<Accepted["post"]>["status"] | null;
  createdAt: Date;
};

// After waiting for its turn, FOR SHARE reads the key or membership and the account as they are now; a plain read in the same statement would
// see the old rows. Revoking the key, removing the member or disconnecting the account waits for this statement. The CTEs depend on each other,
// so they run in this order.
const WITH_KEY = `
  key_turn AS MATERIALIZED (SELECT ${shareTurn("$15::uuid")}),
  key AS MATERIALIZED (
    SELECT k.id, k.name, k.revoked_at IS NOT NULL AS is_deleted, k.disabled_at IS NOT NULL AS is_disabled,
           k.expires_at IS NOT NULL AND k.expires_at <= clock_timestamp() AS is_expired
    FROM key_turn, api_keys k WHERE k.id = $15::uuid AND k.organization_id = $1::uuid FOR SHARE OF k
  ),
  good AS MATERIALIZED (
    SELECT id, NULL::uuid AS author_id FROM key WHERE NOT (is_deleted OR is_disabled OR is_expired)
  ),`;
const WITHOUT_KEY = `
  member_turn AS MATERIALIZED (SELECT ${shareTurn(membershipTurn("$1::uuid", "$15::uuid"))}),
  key AS MATERIALIZED (
    SELECT NULL::uuid AS id, NULL AS name, false AS is_deleted, false AS is_disabled, false AS is_expired
    FROM member_turn, memberships m WHERE m.organization_id = $1::uuid AND m.user_id = $15::uuid FOR SHARE OF m
  ),
  good AS MATERIALIZED (SELECT id, $15::uuid AS author_id FROM key),`;

const toText = (key: string) => `
  WITH ${key}
  account_turn AS MATERIALIZED (SELECT ${shareTurn("$2::uuid")} FROM good),
  account AS MATERIALIZED (
    SELECT a.id FROM account_turn, social_accounts a
    WHERE a.id = $2::uuid AND a.organization_id = $1::uuid AND a.disconnected_at IS NULL FOR SHARE OF a
  ),
  claimed AS (
    INSERT INTO idempotency_keys AS earlier (organization_id, scope, key, body_hash, resource_id, created_at, busy_until)
    SELECT $1::uuid, 'posts', $10::text, $11::bytea, $3::uuid, clock_timestamp(),
           clock_timestamp() + make_interval(secs => $12::float8)
    FROM account WHERE $10::text IS NOT NULL
    ON CONFLICT (organization_id, scope, key) DO UPDATE
    SET body_hash = EXCLUDED.body_hash, resource_id = EXCLUDED.resource_id, created_at = EXCLUDED.created_at,
        busy_until = EXCLUDED.busy_until
    WHERE earlier.created_at <= clock_timestamp() - interval '${IDEMPOTENCY_HOURS} hours'
    RETURNING 1
  ),
  state AS MATERIALIZED (
    SELECT now, CASE WHEN $6::timestamptz > now THEN 'scheduled'
                     WHEN $7::uuid IS NULL THEN 'queued'
                     WHEN $9::bool AND NOT EXISTS (
                       SELECT FROM webhook_endpoints
                       WHERE organization_id = $1::uuid AND disabled_at IS NULL AND 'post.published' = ANY(events)
                     ) THEN 'published'
                     ELSE 'publishing' END AS status
    FROM (SELECT clock_timestamp() AS now FROM account) AS moment
    WHERE $10::text IS NULL OR EXISTS (SELECT FROM claimed)
  ),
  post AS (
    INSERT INTO posts (id, organization_id, account_id, key_id, author_id, status, parts, warnings, warning_problems, options, scheduled_at, created_at, attempts,
                       claim_id, wake_at, published_at)
    SELECT $3::uuid, $1::uuid, $2::uuid, good.id, good.author_id, status, $4::jsonb, $5::text[], $14::jsonb, $16::jsonb, $6::timestamptz, now,
           CASE WHEN status LIKE 'publish%' THEN 1 ELSE 0 END, CASE status WHEN 'publishing' THEN $7::uuid END,
           CASE status WHEN 'published' THEN NULL WHEN 'publishing' THEN ${LEASE_END} ELSE coalesce($6, now) END,
           CASE status WHEN 'published' THEN now END
    FROM state, good RETURNING id, status, created_at
  ),
  attempt AS (
    INSERT INTO post_attempts (post_id, number, part, started_at, boundary_at, finished_at, outcome)
    SELECT id, 1, CASE status WHEN 'published' THEN $13::int ELSE 0 END, created_at,
           CASE WHEN $8::jsonb <> '[]' AND NOT $9 THEN created_at END,
           CASE status WHEN 'published' THEN created_at END, CASE status WHEN 'published' THEN status END
    FROM post WHERE status LIKE 'publish%'
  ),
  part AS (
    INSERT INTO post_parts (post_id, index, identity, identity_at, boundary_at, network_post_id, url, reference, published_at)
    SELECT id, index, identity, created_at, created_at, "networkPostId", url, reference,
           CASE status WHEN 'published' THEN created_at END
    FROM post, jsonb_to_recordset($8::jsonb)
      AS first (index int, identity text, "networkPostId" text, url text, reference jsonb)
    WHERE status = 'published' OR (status = 'publishing' AND NOT $9)
  )
  SELECT key.id AS "keyId", key.name AS "keyName", key.is_deleted AS "isDeleted", key.is_disabled AS "isDisabled",
         key.is_expired AS "isExpired", account.id AS "accountId", post.status, post.created_at AS "createdAt"
  FROM key LEFT JOIN account ON true LEFT JOIN post ON true`;

/** The statement that accepts a post made with an API key, and the one for posts made in the console. */
export const ACCEPT_WITH_KEY: Statement = { name: "accept-post-with-key", text: toText(WITH_KEY) };
export const ACCEPT_WITHOUT_KEY: Statement = { name: "accept-post-without-key", text: toText(WITHOUT_KEY) };

/**
 * Commits a post atomically. If this process publishes it at once, its claim and boundary are part of the same commit.
 * Throws `KeyRefusedError` when the key is no longer valid, 404 when the author is no member any more, 400 when the account
 * is disconnected, and `UncertainCommitError`.
 */
export const acceptPost = async (given: Acceptance): Promise<Accepted> => {
  const { author, idempotency, parts, firstParts } = given;
  const { connection } = await database();
  const warnings = given.warnings.map(storeProblem);
  const values = [
    ...[author.organizationId, given.accountId, given.postId],
    ...[JSON.stringify(parts), warnings.map(({ sentence }) => sentence)],
    ...[given.scheduledAt?.toISOString() ?? null, given.claimId, JSON.stringify(firstParts), given.isDone],
    ...[idempotency?.key ?? null, idempotency?.bodyHash ?? null, idempotency?.busySeconds ?? null, parts.length - 1],
    warnings.length > 0 ? `[${warnings.map(({ json }) => json)}]` : null,
  ];
  const { keyId } = author;
  const options = given.options ? JSON.stringify(given.options) : null;
  const [row] = keyId
    ? await connection.write<Row>(ACCEPT_WITH_KEY, [...values, keyId, options])
    : await connection.write<Row>(ACCEPT_WITHOUT_KEY, [...values, author.user?.id, options]);
  if (!row) throw keyId ? new KeyRefusedError("unknown") : organizationNotFound();
  checkKey(row);
  if (row.accountId === null) throw invalidAccountId();
  return { post: row.status ? { status: row.status, createdAt: row.createdAt } : undefined, keyName: row.keyName };
};

function checkKey({ keyId, isDeleted, isDisabled, isExpired }: Row): void {
  if (isDeleted) throw new KeyRefusedError("deleted", keyId ?? undefined);
  if (isDisabled) throw new KeyRefusedError("disabled", keyId ?? undefined);
  if (isExpired) throw new KeyRefusedError("expired", keyId ?? undefined);
}
