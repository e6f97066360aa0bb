-- AlterTable
ALTER TABLE "post_attempts" ADD COLUMN     "problem" JSONB;

-- AlterTable
ALTER TABLE "posts" ADD COLUMN     "problem" JSONB,
ADD COLUMN     "warning_problems" JSONB;

-- AlterTable
ALTER TABLE "webhook_delivery_attempts" ADD COLUMN     "problem" JSONB;
