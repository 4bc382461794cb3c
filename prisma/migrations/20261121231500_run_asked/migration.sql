-- AlterTable
ALTER TABLE "run" ADD COLUMN     "asked" TEXT;
