-- AlterTable
ALTER TABLE "connection" ADD COLUMN     "day_from" TIMESTAMPTZ(3),
ADD COLUMN     "day_most" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "day_to" TIMESTAMPTZ(3),
ADD COLUMN     "failures" INTEGER NOT NULL DEFAULT 0;

-- What goes before everything else: usually none.
CREATE INDEX "change_urgent" ON "change" ("organisation_id", "number") WHERE "state" = 'pending' AND "held" IS NULL AND "urgent";
