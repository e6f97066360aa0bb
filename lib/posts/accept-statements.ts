import type { Statement } from "#lib/db/connection";
import { shareTurn } from "#lib/db/turns";
import { LEASE_END } from "#lib/due/claim";
import { IDEMPOTENCY_HOURS } from "#lib/idempotency/find-idempotent";
import { membershipTurn } from "#lib/organizations/as-member";

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
    INSERT INTO posts (id, organization_id, account_id, key_id, author_id, status, parts, warnings, warning_problems, options, group_id, scheduled_at, created_at, attempts,
                       claim_id, wake_at, published_at)
    SELECT $3::uuid, $1::uuid, $2::uuid, good.id, good.author_id, status, $4::jsonb, $5::text[], $14::jsonb, $16::jsonb, $17::uuid, $6::timestamptz, now,
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
