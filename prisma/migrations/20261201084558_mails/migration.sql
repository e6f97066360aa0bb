-- CreateTable
CREATE TABLE "mails" (
    "id" UUID NOT NULL,
    "lane" UUID NOT NULL,
    "invitation_id" UUID,
    "address" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "ended_attempts" INTEGER NOT NULL DEFAULT 0,
    "wake_at" TIMESTAMPTZ(3) DEFAULT clock_timestamp(),
    "claim_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "mails_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "mails_invitation_id_idx" ON "mails"("invitation_id");

-- CreateIndex
CREATE INDEX "mails_lane_wake_at_idx" ON "mails"("lane", "wake_at");

-- CreateIndex
CREATE INDEX "mails_wake_at_idx" ON "mails"("wake_at");

-- AddForeignKey
ALTER TABLE "mails" ADD CONSTRAINT "mails_invitation_id_fkey" FOREIGN KEY ("invitation_id") REFERENCES "invitations"("id") ON DELETE CASCADE ON UPDATE CASCADE;
