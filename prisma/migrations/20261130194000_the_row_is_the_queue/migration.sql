-- What waits is in the rows themselves; the jobs only woke somebody up. Another role than this one may own them.
DO $$ BEGIN
  DROP SCHEMA IF EXISTS pgboss CASCADE;
EXCEPTION WHEN insufficient_privilege THEN
  RAISE WARNING 'The schema pgboss is not used any more. Its owner can drop it.';
END $$;

-- Lists are read newest first.
DROP INDEX "posts_account_id_id_idx";
DROP INDEX "posts_user_id_id_idx";
CREATE INDEX "posts_user_id_created_at_id_idx" ON "posts"("user_id", "created_at" DESC, "id" DESC);
CREATE INDEX "posts_user_id_status_created_at_id_idx" ON "posts"("user_id", "status", "created_at" DESC, "id" DESC);
CREATE INDEX "posts_account_id_created_at_id_idx" ON "posts"("account_id", "created_at" DESC, "id" DESC);
CREATE INDEX "idempotency_keys_created_at_idx" ON "idempotency_keys"("created_at");

-- Who waits longest of one account or endpoint, so that another's thousands are passed over.
CREATE INDEX "posts_account_id_wake_at_idx" ON "posts"("account_id", "wake_at") WHERE "wake_at" IS NOT NULL;
CREATE INDEX "webhook_deliveries_endpoint_id_wake_at_idx" ON "webhook_deliveries"("endpoint_id", "wake_at")
  WHERE "wake_at" IS NOT NULL;

-- A dump from before does not know this table, and does not remove it when it is restored.
CREATE TABLE IF NOT EXISTS "publishing_presence" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "publishing_presence_pkey" PRIMARY KEY ("id")
);
-- Somebody was at work until now if there was a try within the hour.
INSERT INTO "publishing_presence" ("since", "seen_at")
SELECT CASE WHEN max("started_at") > now() - interval '1 hour' THEN '1970-01-01Z'::timestamptz ELSE now() END, now()
FROM "post_attempts"
ON CONFLICT ("id") DO UPDATE SET "since" = EXCLUDED."since", "seen_at" = EXCLUDED."seen_at";
