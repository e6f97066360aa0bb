-- CreateTable
CREATE TABLE "credential_keys" (
    "id" TEXT NOT NULL,
    "check_value" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "credential_keys_pkey" PRIMARY KEY ("id")
);
