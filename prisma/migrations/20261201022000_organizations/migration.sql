-- What a user owned belongs to an organization from now on. Everybody gets one of their own.
CREATE TABLE "organizations" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "organizations_pkey" PRIMARY KEY ("id")
);
CREATE TABLE "memberships" (
    "organization_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "memberships_pkey" PRIMARY KEY ("organization_id","user_id")
);

-- An organization takes over the id of its only member, so that what they own need not be rewritten.
INSERT INTO "organizations" ("id", "name", "created_at")
SELECT "id", left(coalesce(nullif(btrim(normalize("name", NFC)), ''), nullif(split_part("email", '@', 1), ''), "email"), 64), "created_at"
FROM "users";
INSERT INTO "memberships" ("organization_id", "user_id", "role", "created_at")
SELECT "id", "id", 'owner', "created_at" FROM "users";
CREATE INDEX "memberships_user_id_idx" ON "memberships"("user_id");
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The owner's column changes its name and what it refers to.
ALTER TABLE "api_keys" DROP CONSTRAINT "api_keys_user_id_fkey";
ALTER TABLE "api_keys" RENAME COLUMN "user_id" TO "organization_id";
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER INDEX "api_keys_user_id_created_at_idx" RENAME TO "api_keys_organization_id_created_at_idx";

ALTER TABLE "social_accounts" DROP CONSTRAINT "social_accounts_user_id_fkey";
ALTER TABLE "social_accounts" RENAME COLUMN "user_id" TO "organization_id";
ALTER TABLE "social_accounts" ADD CONSTRAINT "social_accounts_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER INDEX "social_accounts_user_id_network_network_user_id_key" RENAME TO "social_accounts_organization_id_network_network_user_id_key";

ALTER TABLE "posts" DROP CONSTRAINT "posts_user_id_fkey";
ALTER TABLE "posts" RENAME COLUMN "user_id" TO "organization_id";
ALTER TABLE "posts" ADD CONSTRAINT "posts_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER INDEX "posts_user_id_created_at_id_idx" RENAME TO "posts_organization_id_created_at_id_idx";
ALTER INDEX "posts_user_id_status_created_at_id_idx" RENAME TO "posts_organization_id_status_created_at_id_idx";
ALTER INDEX "posts_user_id_scheduled_at_id_idx" RENAME TO "posts_organization_id_scheduled_at_id_idx";

ALTER TABLE "webhook_endpoints" DROP CONSTRAINT "webhook_endpoints_user_id_fkey";
ALTER TABLE "webhook_endpoints" RENAME COLUMN "user_id" TO "organization_id";
ALTER TABLE "webhook_endpoints" ADD CONSTRAINT "webhook_endpoints_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER INDEX "webhook_endpoints_user_id_idx" RENAME TO "webhook_endpoints_organization_id_idx";

ALTER TABLE "idempotency_keys" DROP CONSTRAINT "idempotency_keys_user_id_fkey";
ALTER TABLE "idempotency_keys" RENAME COLUMN "user_id" TO "organization_id";
ALTER TABLE "idempotency_keys" ADD CONSTRAINT "idempotency_keys_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Who generated a key has seen its secret. A post without a key was written in the console.
ALTER TABLE "api_keys" ADD COLUMN "created_by_id" UUID;
UPDATE "api_keys" SET "created_by_id" = "organization_id";
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;
CREATE INDEX "api_keys_created_by_id_idx" ON "api_keys"("created_by_id");

ALTER TABLE "posts" ADD COLUMN "author_id" UUID;
UPDATE "posts" SET "author_id" = "organization_id" WHERE "key_id" IS NULL;
ALTER TABLE "posts" ADD CONSTRAINT "posts_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;
-- Posts of keys, which are most, need no entry.
CREATE INDEX "posts_author_id_idx" ON "posts"("author_id") WHERE "author_id" IS NOT NULL;

-- An authorization under way ends in the organization that it began in.
ALTER TABLE "pending_connections" ADD COLUMN "organization_id" UUID;
UPDATE "pending_connections" SET "organization_id" = "user_id";
ALTER TABLE "pending_connections" ALTER COLUMN "organization_id" SET NOT NULL;
ALTER TABLE "pending_connections" ADD CONSTRAINT "pending_connections_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "sessions" ADD COLUMN "organization_id" UUID;
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- An organization that ends lets both go.
CREATE INDEX "pending_connections_organization_id_idx" ON "pending_connections"("organization_id");
CREATE INDEX "sessions_organization_id_idx" ON "sessions"("organization_id");

-- The log's rows stay as they are, letter by letter, because each hash covers them.
ALTER TABLE "audit_events" RENAME COLUMN "user_id" TO "owner_id";
ALTER TABLE "audit_events" ADD COLUMN "actor_id" UUID;
ALTER INDEX "audit_events_user_id_seq_idx" RENAME TO "audit_events_owner_id_seq_idx";
