-- Existing keys are looked at soon. A default that is the same for all of them does not rewrite a large table.
ALTER TABLE "api_keys" ADD COLUMN     "unused_look_at" TIMESTAMPTZ(3) DEFAULT now();
ALTER TABLE "api_keys" ALTER COLUMN "unused_look_at" SET DEFAULT (clock_timestamp() + '90 days'::interval);

-- AlterTable
ALTER TABLE "mails" ADD COLUMN     "notice_id" UUID;

-- AlterTable
ALTER TABLE "users" ADD COLUMN     "notice_choices" JSONB NOT NULL DEFAULT '{}';

-- CreateTable
CREATE TABLE "notices" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "organization_id" UUID,
    "kind" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "step" TEXT NOT NULL,
    "is_mailed" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "read_at" TIMESTAMPTZ(3),

    CONSTRAINT "notices_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "known_browsers" (
    "user_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "known_browsers_pkey" PRIMARY KEY ("user_id","hash")
);

-- CreateTable
CREATE TABLE "key_alerts" (
    "key_id" UUID NOT NULL,
    "step" TEXT NOT NULL,
    "about" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "key_alerts_pkey" PRIMARY KEY ("key_id","step","about")
);

-- CreateIndex
CREATE INDEX "notices_user_id_created_at_id_idx" ON "notices"("user_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "notices_organization_id_idx" ON "notices"("organization_id");

-- CreateIndex
CREATE INDEX "notices_created_at_idx" ON "notices"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "notices_user_id_kind_subject_id_step_key" ON "notices"("user_id", "kind", "subject_id", "step");

-- CreateIndex
CREATE INDEX "known_browsers_last_seen_at_idx" ON "known_browsers"("last_seen_at");

-- CreateIndex
CREATE INDEX "api_keys_expires_at_idx" ON "api_keys"("expires_at");

-- CreateIndex
CREATE INDEX "api_keys_unused_look_at_idx" ON "api_keys"("unused_look_at");

-- CreateIndex
CREATE INDEX "mails_notice_id_idx" ON "mails"("notice_id");

-- AddForeignKey
ALTER TABLE "mails" ADD CONSTRAINT "mails_notice_id_fkey" FOREIGN KEY ("notice_id") REFERENCES "notices"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notices" ADD CONSTRAINT "notices_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "known_browsers" ADD CONSTRAINT "known_browsers_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "key_alerts" ADD CONSTRAINT "key_alerts_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "api_keys"("id") ON DELETE CASCADE ON UPDATE CASCADE;
