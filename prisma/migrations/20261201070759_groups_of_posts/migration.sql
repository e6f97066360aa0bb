-- AlterTable
ALTER TABLE "posts" ADD COLUMN     "group_id" UUID;

CREATE INDEX "posts_group_id_idx" ON "posts"("group_id") WHERE "group_id" IS NOT NULL;
