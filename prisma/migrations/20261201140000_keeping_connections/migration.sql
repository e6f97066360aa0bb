-- When a credential is to be exchanged for a new one, how often that has failed since, and when its end was announced.
ALTER TABLE "social_accounts"
    ADD COLUMN "refresh_at" TIMESTAMPTZ(3),
    ADD COLUMN "refresh_failures" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "expiring_at" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "social_accounts_refresh_at_idx" ON "social_accounts"("refresh_at") WHERE "refresh_at" IS NOT NULL;
CREATE INDEX "social_accounts_expires_at_idx" ON "social_accounts"("expires_at") WHERE "expires_at" IS NOT NULL;

-- Whether the row holds accounts to choose from, instead of an authorization under way.
ALTER TABLE "pending_connections" ADD COLUMN "is_choice" BOOLEAN NOT NULL DEFAULT false;
