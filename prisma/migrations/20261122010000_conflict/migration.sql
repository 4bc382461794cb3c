-- AlterTable
ALTER TABLE "mapping" ADD COLUMN     "theirs" TEXT,
ADD COLUMN     "theirs_at" TIMESTAMPTZ(3);
