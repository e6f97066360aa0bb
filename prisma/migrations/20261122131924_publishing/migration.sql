-- DropIndex
DROP INDEX "social_accounts_user_id_network_username_key";

-- AlterTable
ALTER TABLE "idempotency_keys" ADD COLUMN     "busy_until" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "posts"
ADD COLUMN     "claim_id" UUID,
ADD COLUMN     "error_name" TEXT,
ADD COLUMN     "failures" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "wake_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "social_accounts" ADD COLUMN     "capabilities" JSONB,
ADD COLUMN     "checked_at" TIMESTAMPTZ(3),
ADD COLUMN     "credential" TEXT,
ADD COLUMN     "disconnected_at" TIMESTAMPTZ(3),
ADD COLUMN     "expires_at" TIMESTAMPTZ(3),
ADD COLUMN     "network_user_id" TEXT,
ADD COLUMN     "refreshing_until" TIMESTAMPTZ(3),
ADD COLUMN     "revoked_at" TIMESTAMPTZ(3),
ADD COLUMN     "server_url" TEXT;

-- CreateTable
CREATE TABLE "pending_connections" (
    "state_hash" BYTEA NOT NULL,
    "user_id" UUID NOT NULL,
    "network" TEXT NOT NULL,
    "server_url" TEXT NOT NULL,
    "credential" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "pending_connections_pkey" PRIMARY KEY ("state_hash")
);

-- CreateTable
CREATE TABLE "post_parts" (
    "post_id" UUID NOT NULL,
    "index" INTEGER NOT NULL,
    "identity" TEXT NOT NULL,
    "identity_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "boundary_at" TIMESTAMPTZ(3),
    "network_post_id" TEXT,
    "url" TEXT,
    "reference" JSONB,
    "published_at" TIMESTAMPTZ(3),

    CONSTRAINT "post_parts_pkey" PRIMARY KEY ("post_id","index")
);

-- CreateTable
CREATE TABLE "post_attempts" (
    "post_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "part" INTEGER NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "boundary_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "reason" TEXT,

    CONSTRAINT "post_attempts_pkey" PRIMARY KEY ("post_id","number")
);

-- CreateTable
CREATE TABLE "webhook_endpoints" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "events" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "disabled_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_endpoints_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_deliveries" (
    "id" UUID NOT NULL,
    "endpoint_id" UUID NOT NULL,
    "event" TEXT NOT NULL,
    "payload" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "wake_at" TIMESTAMPTZ(3),
    "claim_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "delivered_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_delivery_attempts" (
    "delivery_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "status" INTEGER,
    "error" TEXT,
    "milliseconds" INTEGER NOT NULL,

    CONSTRAINT "webhook_delivery_attempts_pkey" PRIMARY KEY ("delivery_id","number")
);

-- CreateIndex
CREATE INDEX "webhook_endpoints_user_id_idx" ON "webhook_endpoints"("user_id");

-- CreateIndex
CREATE INDEX "webhook_deliveries_endpoint_id_id_idx" ON "webhook_deliveries"("endpoint_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "social_accounts_user_id_network_network_user_id_key" ON "social_accounts"("user_id", "network", "network_user_id");

-- AddForeignKey
ALTER TABLE "pending_connections" ADD CONSTRAINT "pending_connections_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "post_parts" ADD CONSTRAINT "post_parts_post_id_fkey" FOREIGN KEY ("post_id") REFERENCES "posts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "post_attempts" ADD CONSTRAINT "post_attempts_post_id_fkey" FOREIGN KEY ("post_id") REFERENCES "posts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_endpoints" ADD CONSTRAINT "webhook_endpoints_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_endpoint_id_fkey" FOREIGN KEY ("endpoint_id") REFERENCES "webhook_endpoints"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_delivery_attempts" ADD CONSTRAINT "webhook_delivery_attempts_delivery_id_fkey" FOREIGN KEY ("delivery_id") REFERENCES "webhook_deliveries"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The built-in sandbox is known by its name.
UPDATE "social_accounts" SET "network_user_id" = "username";
ALTER TABLE "social_accounts" ALTER COLUMN "network_user_id" SET NOT NULL;

-- What was published keeps its parts. Addresses of the sandbox are this installation's own, wherever it is reached.
INSERT INTO "post_parts" ("post_id", "index", "identity", "network_post_id", "url", "published_at")
SELECT "id", "index", "network_post_id", "network_post_id", '/sandbox/' || "account_id" || '#post-' || "id", "published_at"
FROM "posts", LATERAL generate_series(0, jsonb_array_length("parts") - 1) AS "index"
WHERE "network_post_id" IS NOT NULL;
ALTER TABLE "posts" DROP COLUMN "network_post_id";

-- Only what is not settled is looked for.
CREATE INDEX "posts_wake_at_idx" ON "posts"("wake_at") WHERE "wake_at" IS NOT NULL;
CREATE INDEX "webhook_deliveries_wake_at_idx" ON "webhook_deliveries"("wake_at") WHERE "wake_at" IS NOT NULL;
CREATE INDEX "pending_connections_expires_at_idx" ON "pending_connections"("expires_at");
