-- A record's state changes again and again; with room on its page the new row needs no new entries in the table's indexes.
ALTER TABLE "record" SET (fillfactor = 75);
