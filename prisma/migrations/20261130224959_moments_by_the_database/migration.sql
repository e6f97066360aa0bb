-- AlterTable
ALTER TABLE "api_keys" ALTER COLUMN "created_at" SET DEFAULT clock_timestamp();

-- AlterTable
ALTER TABLE "credential_keys" ALTER COLUMN "created_at" SET DEFAULT clock_timestamp();

-- AlterTable
ALTER TABLE "idempotency_keys" ALTER COLUMN "created_at" SET DEFAULT clock_timestamp();

-- AlterTable
ALTER TABLE "instant_checks" ALTER COLUMN "checked_at" SET DEFAULT clock_timestamp();

-- AlterTable
ALTER TABLE "key_leaks" ALTER COLUMN "reported_at" SET DEFAULT clock_timestamp();

-- AlterTable
ALTER TABLE "post_attempts" ALTER COLUMN "started_at" SET DEFAULT clock_timestamp();

-- AlterTable
ALTER TABLE "post_parts" ALTER COLUMN "identity_at" SET DEFAULT clock_timestamp();

-- AlterTable
ALTER TABLE "posts" ALTER COLUMN "created_at" SET DEFAULT clock_timestamp();

-- AlterTable
ALTER TABLE "sessions" ALTER COLUMN "created_at" SET DEFAULT clock_timestamp(),
ALTER COLUMN "last_seen_at" SET DEFAULT clock_timestamp();

-- AlterTable
ALTER TABLE "social_accounts" ALTER COLUMN "created_at" SET DEFAULT clock_timestamp(),
ALTER COLUMN "updated_at" SET DEFAULT clock_timestamp();

-- AlterTable
ALTER TABLE "users" ALTER COLUMN "created_at" SET DEFAULT clock_timestamp();

-- AlterTable
ALTER TABLE "webhook_deliveries" ALTER COLUMN "created_at" SET DEFAULT clock_timestamp();

-- AlterTable
ALTER TABLE "webhook_delivery_attempts" ALTER COLUMN "at" SET DEFAULT clock_timestamp();

-- AlterTable
ALTER TABLE "webhook_endpoints" ALTER COLUMN "created_at" SET DEFAULT clock_timestamp();
