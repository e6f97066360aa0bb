-- A restored backup from before this migration is checked anew.
DO $$ BEGIN
    EXECUTE format('DROP TABLE IF EXISTS %I.instant_checks', current_schema());
END $$;

-- CreateTable
CREATE TABLE "instant_checks" (
    "id" INTEGER NOT NULL,
    "checked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "corrected_from" TEXT,

    CONSTRAINT "instant_checks_pkey" PRIMARY KEY ("id")
);
