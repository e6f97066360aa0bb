-- AlterTable
ALTER TABLE "post_parts" ADD COLUMN     "handle" JSONB;

-- AlterTable
ALTER TABLE "posts" ADD COLUMN     "options" JSONB;
