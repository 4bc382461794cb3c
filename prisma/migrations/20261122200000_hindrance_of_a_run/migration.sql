-- What keeps a run from going, for programs: until now it was read out of the words for a person.
ALTER TABLE "run" ADD COLUMN "hindrance" TEXT;
