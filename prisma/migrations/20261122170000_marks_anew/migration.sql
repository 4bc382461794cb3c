-- A mark that was first set by letting something go stood above changes that nobody had come to yet: every mark is looked for anew.
UPDATE water_mark SET number = 0, version = version + 1;
